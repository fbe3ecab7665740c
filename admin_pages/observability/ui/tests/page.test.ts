import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import App from '../src/App.svelte';
import { makeRecord, summarize } from '../mock/data';
import { format } from '../src/lib/format';
import { t } from '../src/lib/texts';
import { fakePage, settled } from './helpers';

const NOTHING = { status: 200, body: { items: [], next_cursor: null } };

function open(address = '', ...args: Parameters<typeof fakePage>) {
  history.replaceState(null, '', `/admin/observability${address}`);
  const { page, calls } = fakePage(...args);
  render(App, { page });
  return { page, calls, user: userEvent.setup() };
}

const text = (testid: string) => screen.getByTestId(testid).textContent?.trim();

describe('opening the page', () => {
  it('shows what is loading before anything has come', () => {
    open();
    expect(screen.getAllByTestId('skeleton').length).toBeGreaterThanOrEqual(3);
  });

  it('leads back to the Admin Panel', () => {
    open();
    expect(screen.getByTestId('back').getAttribute('href')).toBe('/admin');
  });

  it('shows headline figures with the change against the period before', async () => {
    open('?range=90d');
    const requests = await screen.findByTestId('figure-requests');
    expect(within(requests).getByTestId('delta').textContent).toContain(t.previousNames['90d']);
    expect(text('figure-savings-note')).toContain('against gpt-5');
  });

  it('shows a dash, not a zero, for what is unknown', async () => {
    open('', 'empty');
    await screen.findByTestId('headline');
    for (const figure of ['error_rate', 'latency', 'first_token', 'cost', 'savings', 'tokens']) {
      expect(text(`figure-${figure}-value`)).toBe('—');
    }
    expect(text('figure-requests-value')).toBe('0');
  });

  it('says what to do when nobody has used Smart yet', async () => {
    open('', 'empty');
    const empty = await screen.findByTestId('log-empty');
    expect(empty.textContent).toContain('No chats through Smart yet.');
    expect(within(empty).getByRole('link').getAttribute('href')).toMatch(/^\/\?/);
    expect(text('warnings')).toContain(t.warnings.noModel);
  });

  it('offers a retry in each part that could not be loaded, and recovers', async () => {
    let broken = true;
    const { user } = open('', '', (call) => (broken && call.path === '/summary' ? { status: 500, body: { detail: 'The database is locked.' } } : undefined));
    const failure = await screen.findByTestId('failure');
    expect(failure.textContent).toContain('The database is locked.');
    expect((await screen.findAllByTestId('log-row')).length).toBeGreaterThan(0);
    broken = false;
    await user.click(within(failure).getByTestId('retry'));
    expect(await screen.findByTestId('headline')).toBeTruthy();
  });

  it('says so when the account is no administrator', async () => {
    open('', 'forbidden');
    expect(await screen.findByTestId('forbidden')).toBeTruthy();
    expect(screen.queryByTestId('log')).toBeNull();
  });

  it('says so when Smart has been switched off', async () => {
    open('', '', () => ({ text: '<!doctype html>' }));
    expect((await screen.findByTestId('warnings')).textContent).toContain(t.errors.gone);
  });

  it("shows the server's warnings", async () => {
    open('', 'warnings');
    expect((await screen.findAllByTestId('warning'))[0]?.textContent).toContain('Open WebUI 0.13.1');
  });

  it('says once each what is wrong, what health figures tell included, and the rest on demand', async () => {
    const health = { status: 'failing', registry: { version: 1, errors: [] }, store: { ok: false }, warnings: ['a', 'a', 'b', 'c', 'd'] };
    const { user } = open('', '', (call) => (call.path === '/health' ? { body: health } : undefined));
    const said = () => screen.getAllByTestId('warning').map((item) => item.textContent?.trim());
    await screen.findAllByTestId('warning');
    expect(said()).toEqual([t.warnings.store, 'a', 'b']);
    await user.click(screen.getByText(t.warnings.more(2)));
    expect(said()).toEqual([t.warnings.store, 'a', 'b', 'c', 'd']);
  });

  it('leads to the registry that has errors', async () => {
    const health = { status: 'degraded', registry: { version: 6, errors: [{ line: 1, column: 1, key: '', message: 'x' }] }, store: { ok: true }, warnings: [] };
    const { user } = open('', '', (call) => (call.path === '/health' ? { body: health } : undefined));
    await user.click(await screen.findByRole('button', { name: t.warnings.openRegistry }));
    expect(location.search).toBe('?section=registry');
    expect(screen.getByTestId('warnings').textContent).toContain(t.warnings.registry);
    expect(screen.queryByRole('button', { name: t.warnings.openRegistry })).toBeNull();
  });

  it('says no more than “over 999%” of a change against a period that was nearly empty', async () => {
    const now = summarize([makeRecord(1, Date.now() / 1000)], '24h');
    const body = { ...now, requests: 5000, previous: { ...now.previous, requests: 1 } };
    open('', '', (call) => (call.path === '/summary' ? { body } : undefined));
    const delta = within(await screen.findByTestId('figure-requests')).getByTestId('delta');
    expect(delta.title).toBe(t.headline.up(t.headline.over(format.percent(9.99)), t.previousNames['24h']));
  });

  it('says how many workers there are where there are several, and nothing while nobody knows', async () => {
    const health = { status: 'ok', registry: { version: 1, errors: [] }, store: { ok: true }, redis: 'ok', warnings: [] };
    let workers: number | null = 2;
    const { page } = open('', '', (call) => (call.path === '/health' ? { body: { ...health, workers } } : undefined));
    const said = await screen.findByTestId('workers');
    expect([said.textContent, said.title]).toEqual([`· ${t.workers.count(2)}`, t.workers.shared]);
    for (workers of [1, null]) {
      await page.health.load();
      await waitFor(() => expect(screen.queryByTestId('workers')).toBeNull());
      workers = 2;
      await page.health.load();
      await screen.findByTestId('workers');
    }
  });

  it('keeps the other parts when one cannot show what came', async () => {
    const broken = { items: [{ id: 'x', state: 'open', kind: 'backend', reason: 5 }], next_cursor: null };
    open('?range=90d', '', (call) => (call.path === '/circuit-breakers' ? { body: broken } : undefined));
    expect(await screen.findByTestId('broken')).toBeTruthy();
    expect((await screen.findAllByTestId('log-row')).length).toBeGreaterThan(0);
    expect(screen.getByTestId('headline')).toBeTruthy();
  });
});

describe('the range', () => {
  it('is kept in the address, and asked of figures and log', async () => {
    const { calls, user } = open();
    await screen.findByTestId('headline');
    await user.click(screen.getByTestId('range-7d'));
    expect(location.search).toBe('?range=7d');
    expect(screen.getByTestId('range-7d').getAttribute('aria-pressed')).toBe('true');
    await settled();
    const asked = calls.filter((call) => call.query.get('range') === '7d').map((call) => call.path);
    expect(asked).toEqual(expect.arrayContaining(['/summary', '/requests']));
  });
});

describe('the log', () => {
  it('finds the names of users through Open WebUI, once each', async () => {
    const { calls } = open('?section=requests&range=90d');
    expect((await screen.findAllByText('Ada Lovelace')).length).toBeGreaterThan(0);
    const asked = calls.filter((call) => call.path.startsWith('/api/v1/users/')).map((call) => call.path);
    expect(asked).toHaveLength(new Set(asked).size);
  });

  it('asks for all names at once where there are many', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `user-${index}`);
    const { calls } = open('?section=requests&range=90d', '', ({ path }) => {
      if (path === '/api/v1/users/all') return { body: { users: ids.map((id) => ({ id, name: `Name of ${id}` })), total: 30 } };
      return path === '/breakdown' ? { body: { items: ids.map((group) => ({ group, requests: 1 })) } } : undefined;
    });
    expect(await screen.findByRole('option', { name: 'Name of user-29' })).toBeTruthy();
    const asked = calls.map((call) => call.path).filter((path) => path.startsWith('/api/v1/users/'));
    expect(asked.filter((path) => path.endsWith('/all'))).toHaveLength(1);
    expect(asked.filter((path) => path.includes('user-'))).toEqual([]);
  });

  it('filters by what is chosen, keeps it in the address, and clears it', async () => {
    const { calls, user } = open('?section=requests&range=90d');
    await screen.findAllByTestId('log-row');
    await user.selectOptions(screen.getByTestId('filter-outcome'), 'failed');
    await settled();
    expect(location.search).toContain('outcome=failed');
    expect(calls.filter((call) => call.path === '/requests').at(-1)?.query.get('outcome')).toBe('failed');
    const outcomes = (await screen.findAllByTestId('log-row')).map((row) => within(row).getByTestId('outcome').textContent?.trim());
    expect(new Set(outcomes)).toEqual(new Set(['Failed']));
    await user.click(screen.getByTestId('filter-clear'));
    expect(location.search).toBe('?section=requests&range=90d');
  });

  it('filters by error, reason and user, by names that people know, and hands out what it shows', async () => {
    const { calls, user } = open('?section=requests&range=90d&reason=brand_new');
    await screen.findByTestId('log-empty');
    expect(screen.getByTestId<HTMLSelectElement>('filter-reason').value).toBe('brand_new');
    await user.selectOptions(screen.getByTestId('filter-reason'), '');
    await screen.findByRole('option', { name: 'Ada Lovelace' });
    await user.selectOptions(screen.getByTestId('filter-user'), 'u-ada');
    await user.selectOptions(screen.getByTestId('filter-error'), 'overloaded');
    await settled();
    const asked = calls.filter((call) => call.path === '/requests').at(-1)?.query;
    expect([asked?.get('user_id'), asked?.get('error_kind'), asked?.get('reason')]).toEqual(['u-ada', 'overloaded', null]);
    const download = new URL(screen.getByTestId<HTMLAnchorElement>('export-csv').href);
    expect(Object.fromEntries(download.searchParams)).toEqual({ format: 'csv', range: '90d', error_kind: 'overloaded', user_id: 'u-ada', task: 'none', source: 'smart' });
    expect(Object.fromEntries(new URLSearchParams(location.search))).toMatchObject({ error: 'overloaded', user: 'u-ada' });
  });

  it('loads more until there is no more', async () => {
    const { user } = open('?section=requests&range=90d&show=all', '', undefined, 160);
    await screen.findAllByTestId('log-row');
    expect(screen.getAllByTestId('log-row')).toHaveLength(50);
    await user.click(screen.getByTestId('load-more'));
    await user.click(await screen.findByTestId('load-more'));
    await user.click(await screen.findByTestId('load-more'));
    expect(await screen.findByTestId('log-end')).toBeTruthy();
    expect(screen.getAllByTestId('log-row')).toHaveLength(160);
  });

  it('says how far back a search came, and goes on', async () => {
    const first = { items: [], next_cursor: 'on', searched_to: 1_700_000_000 };
    const { user } = open('?section=requests&q=zebra', '', (call) =>
      call.path === '/requests' ? (call.query.get('cursor') ? NOTHING : { body: first }) : undefined,
    );
    expect((await screen.findByTestId('searched-to')).textContent).toBe(t.log.searchedTo(format.full(1_700_000_000)));
    expect(screen.queryByText(t.log.noMatch)).toBeNull();
    await user.click(screen.getByRole('button', { name: t.log.searchOn }));
    expect(await screen.findByText(t.log.noMatch)).toBeTruthy();
  });

  it('says when nothing matches', async () => {
    open('?q=zebra', '', (call) => (call.path === '/requests' ? NOTHING : undefined));
    expect((await screen.findByTestId('log-empty')).textContent).toContain(t.log.noMatch);
  });
});
