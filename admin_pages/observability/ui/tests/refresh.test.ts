import { describe, expect, it } from 'vitest';
import { FakeTiming, fakePage, settled } from './helpers';

describe('a page that is left open', () => {
  it('refreshes figures, log and breakers, and the open record, with one beat', async () => {
    history.replaceState(null, '', '/admin/observability?request=req-000001');
    const timing = new FakeTiming();
    const { page, calls } = fakePage();
    const stop = page.start(timing);
    await settled();
    expect(page.detail.value?.id).toBe('req-000001');
    calls.length = 0;
    await timing.pass();
    expect(calls.map((call) => call.path).sort()).toEqual(['/circuit-breakers', '/health', '/requests', '/requests/req-000001', '/summary']);
    expect(page.detail.value?.id).toBe('req-000001');
    stop();
    expect([timing.pauses, timing.listening]).toEqual([[], 0]);
  });

  it('keeps what it has while the server is away, and says that it is not up to date', async () => {
    let away = false;
    const timing = new FakeTiming();
    const { page } = fakePage('', () => (away ? { status: 502, text: '' } : undefined));
    const stop = page.start(timing);
    await settled();
    const [updatedAt, rows] = [page.updatedAt, page.log.rows.length];
    expect(updatedAt).not.toBeNull();
    away = true;
    await timing.pass();
    expect([page.failing, page.updatedAt, page.log.rows.length, page.summary.value !== null]).toEqual([true, updatedAt, rows, true]);
    expect(timing.pauses).toEqual([10_000]);
    away = false;
    await timing.pass();
    expect([page.failing, timing.pauses]).toEqual([false, [5_000]]);
    stop();
  });

  it('reads the registry again when another version is in force', async () => {
    let version = 3;
    const timing = new FakeTiming();
    const { page, calls } = fakePage('', ({ path }) =>
      path === '/health' ? { body: { status: 'ok', registry: { version, errors: [] }, store: { ok: true } } } : undefined,
    );
    const stop = page.start(timing);
    await settled();
    const reads = () => calls.filter((call) => call.path === '/registry').length;
    await timing.pass();
    expect(reads()).toBe(1);
    version = 4;
    await timing.pass();
    expect(reads()).toBe(2);
    stop();
  });

  it('does not let a slow answer undo a newer one', async () => {
    const releases: (() => void)[] = [];
    let n = 0;
    const { page } = fakePage();
    page.api.breakers = async () => {
      const mine = ++n;
      await new Promise<void>((resolve) => releases.push(resolve));
      return { items: [{ id: `answer ${mine}` }], next_cursor: null } as never;
    };
    const first = page.breakers.load();
    const second = page.breakers.load();
    releases[1]?.();
    await second;
    releases[0]?.();
    await first;
    expect(page.breakers.value?.items[0]?.id).toBe('answer 2');
  });

  it('follows the Back button', async () => {
    history.replaceState(null, '', '/admin/observability');
    const { page } = fakePage();
    const stop = page.start(new FakeTiming());
    page.go({ request: 'req-000002' }, true);
    history.replaceState(null, '', '/admin/observability?range=1h');
    dispatchEvent(new PopStateEvent('popstate'));
    expect([page.view.request, page.view.range]).toEqual([null, '1h']);
    stop();
  });
});
