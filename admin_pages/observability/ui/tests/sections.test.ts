import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import { catalog } from '../mock/catalog';
import { makeRecord, summarize } from '../mock/data';
import { baselinesInWords } from '../src/lib/baselines';
import { format } from '../src/lib/format';
import { t } from '../src/lib/texts';
import { fakePage, settled } from './helpers';

function open(address: string, ...args: Parameters<typeof fakePage>) {
  history.replaceState(null, '', `/admin/observability${address}`);
  const { page, calls } = fakePage(...args);
  render(App, { page });
  return { page, calls, user: userEvent.setup() };
}

afterEach(() => {
  vi.restoreAllMocks();
});

/** The text of what the browser is given to save. */
function saved(): Promise<string> {
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  return new Promise((resolve) => {
    vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.readAsText(file as Blob);
      return 'blob:saved';
    });
  });
}

const cells = (row: HTMLElement) => within(row).getAllByRole('cell').map((cell) => cell.textContent?.trim());

describe('requests over time', () => {
  it('are grouped by what is chosen, which the address keeps', async () => {
    const { user, calls } = open('?range=90d');
    const panel = await screen.findByTestId('chart-requests');
    await within(panel).findByTestId('chart-table');
    await user.click(screen.getByTestId('requests-by-backend'));
    expect(location.search).toBe('?range=90d&by=backend');
    await settled();
    const asked = calls.filter((call) => call.path === '/timeseries').map((call) => call.query.get('group_by'));
    expect(asked).toContain('backend');
    expect((await within(panel).findByTestId('chart-table')).textContent).toContain('llama3.2:3b');
  });

  it('are compared with the stretch of the same length before', async () => {
    const { calls } = open('?from=1000&to=1600');
    await screen.findByTestId('chart-requests');
    const before = calls.find((call) => call.path === '/timeseries' && !call.query.has('group_by'));
    expect([before?.query.get('from'), before?.query.get('to')]).toEqual(['400', '1000']);
  });

  it('lead to the requests of one bucket', async () => {
    const { user } = open('?range=90d');
    const table = await within(await screen.findByTestId('chart-requests')).findByTestId('chart-table');
    await user.click(within(table).getAllByRole('button')[0]!);
    const query = new URLSearchParams(location.search);
    expect(query.get('section')).toBe('requests');
    expect(Number(query.get('to')) - Number(query.get('from'))).toBe(86_400);
  });

  it('say so when nothing happened', async () => {
    open('', 'empty');
    expect(await within(await screen.findByTestId('chart-requests')).findByTestId('chart-empty')).toBeTruthy();
  });
});

describe('errors by kind', () => {
  it('lead to the requests that failed that way', async () => {
    const { user } = open('?range=90d', '', undefined, 160);
    await user.click((await screen.findAllByTestId('error-kind'))[0]!);
    expect(Object.fromEntries(new URLSearchParams(location.search))).toEqual({ section: 'requests', range: '90d', error: 'overloaded' });
  });
});

describe('errors and groups', () => {
  const group = (name: string, requests: number) => ({ group: name, requests, error_rate: 0, fallbacks: 0 });

  it('do not count among errors what users stopped themselves', async () => {
    open('?range=90d', '', ({ path, query }) =>
      path === '/breakdown' && query.get('group_by') === 'error_kind' ? { body: { items: [group('overloaded', 3), group('cancelled', 1)] } } : undefined,
    );
    const kinds = await screen.findAllByTestId('error-kind');
    expect(kinds.map((kind) => kind.dataset.kind)).toEqual(['overloaded']);
    expect(kinds[0]?.textContent).toContain(format.percent(1));
  });

  it('tell, where no chat failed, that models did and were replaced', async () => {
    open('?range=90d', '', ({ path, query }) =>
      path === '/breakdown' && query.get('group_by') === 'error_kind' ? { body: { items: [] } } : undefined,
    );
    const empty = await screen.findByTestId('errors-empty');
    await waitFor(() => expect(empty.textContent).toMatch(/after one had failed: \d/));
  });

  it('are downloaded with shares as shares, and no digits that say nothing', async () => {
    const costs = [{ ...group('a', 3), cost_usd: 0.1 + 0.2 }, { ...group('b', 1), cost_usd: 0.1 }];
    const { user } = open('?section=cost&range=90d', '', ({ path }) => (path === '/breakdown' ? { body: { items: costs } } : undefined));
    const text = saved();
    await user.click(await screen.findByTestId('groups-cost-csv'));
    const [head, ...rows] = (await text).trim().split('\r\n').map((line) => line.split(','));
    const column = (name?: string) => rows.map((row) => row[head?.indexOf(name ?? '') ?? -1]);
    expect(column(t.cost.columns.cost)).toEqual(['0.3', '0.1']);
    expect(column(t.cost.columns.share)).toEqual(['0.75', '0.25']);
  });

  it('say why backends add up to more than there were requests, where they do', async () => {
    const summary = { ...summarize([makeRecord(1, Date.now() / 1000)], '90d'), requests: 10 };
    const answers = (count: number): Parameters<typeof fakePage>[1] => ({ path }) => {
      if (path === '/summary') return { body: summary };
      if (path === '/breakdown') return { body: { items: [group('a', 6), group('b', count)] } };
      if (path === '/timeseries') return { body: { step_s: 60, items: [{ group: 'a', points: [{ at: 0, value: 6 + count }] }] } };
      return undefined;
    };
    open('?section=performance&range=90d', '', answers(6));
    await waitFor(() => expect(screen.getByTestId('groups-performance-note').textContent).toBe(t.charts.perBackend));
    cleanup();
    open('?by=backend&range=90d', '', answers(6));
    await waitFor(() => expect(screen.getByTestId('chart-requests-note').textContent).toBe(t.charts.perBackend));
    cleanup();
    open('?section=performance&range=90d', '', answers(4));
    expect(await screen.findAllByTestId('group-row')).toHaveLength(2);
    expect(screen.getByTestId('groups-performance-note').textContent).toBe('');
  });
});

describe('the catalog', () => {
  it('does not say again what is said above it, and folds the rest', async () => {
    const said = ['everywhere', 'a', 'b', 'c', 'd'];
    const health = { status: 'degraded', registry: { version: 1, errors: [] }, store: { ok: true }, redis: 'ok', warnings: ['everywhere'] };
    open('?section=models', '', ({ path }) => {
      if (path === '/health') return { body: health };
      return path === '/models' ? { body: { items: [{ ...catalog([])[0] }], baseline: null, warnings: said } } : undefined;
    });
    await waitFor(() => expect(screen.getAllByTestId('models-warning').map((item) => item.textContent)).toEqual(['a', 'b', 'c']));
    expect(screen.getByText(t.warnings.more(1))).toBeTruthy();
  });
});

describe('what it costs', () => {
  it('names the baseline, and shows a dash where there is none', async () => {
    open('?section=cost&range=90d');
    expect((await screen.findByTestId('figure-baseline_cost')).textContent).toContain(t.cost.baseline('gpt-5'));
    expect(screen.queryByTestId('no-baseline')).toBeNull();
  });

  it('names what the costs were really compared with, not what they would be now', async () => {
    const summary = summarize([makeRecord(1, Date.now() / 1000)], '90d');
    const uses = [
      { baseline: 'gpt-4o', baseline_cost_usd: 1, from: 1_800_000_000, to: 1_800_100_000 },
      { baseline: 'gpt-5', baseline_cost_usd: 2, from: 1_700_000_000, to: 1_700_003_600 },
      { baseline: null, baseline_cost_usd: 3, from: 1_600_000_000, to: 1_600_003_600 },
    ];
    open('?section=cost&range=90d', '', (call) => (call.path === '/summary' ? { body: { ...summary, baselines: uses } } : undefined));
    const said = (await screen.findByTestId('figure-baseline_cost')).textContent ?? '';
    expect(said).toContain(t.cost.baselineNone);
    const when = format.whenHour(1_700_003_600, Date.now());
    expect(said).toContain(`gpt-4o; ${t.headline.baselineUntil(when, 'gpt-5')}; `);
    expect(said).toContain(t.headline.baselineUnknown);
    expect(screen.getByText(/^against gpt-4o; until .* gpt-5/)).toBeTruthy();
  });

  it('does not say of two baselines of one hour which came last', () => {
    const use = (baseline: string, to: number) => ({ baseline, baseline_cost_usd: 1, from: 0, to });
    const said = baselinesInWords([use('a', 7200), use('b', 7200), use('c', 3600)], 0);
    expect(said).toBe(`${format.list(['a', 'b'])}; ${t.headline.baselineUntil(format.whenHour(3600, 0), 'c')}`);
  });

  it('says how to get savings when no baseline is known', async () => {
    open('?section=cost', 'empty');
    expect((await screen.findByTestId('figure-total_savings-value')).textContent).toBe('—');
    expect(screen.getByTestId('no-baseline').textContent).toContain(t.cost.baselineMissing);
  });

  it('is told apart by user, with their names', async () => {
    open('?section=cost&range=90d&by=user');
    const rows = await screen.findAllByTestId('group-row');
    expect(await screen.findByRole('rowheader', { name: 'Ada Lovelace' })).toBeTruthy();
    const shares = rows.map((row) => parseFloat(cells(row).at(-1) ?? ''));
    expect(shares.reduce((all, share) => all + share, 0)).toBeGreaterThan(97);
  });
});

describe('what the figures do not hold', () => {
  it('is said: records not counted yet, groups beyond those drawn, chats with other models', async () => {
    const direct = { requests: 3, cost_usd: 0.5, input_tokens: 1, output_tokens: 1 };
    const { page } = open('?section=cost&range=90d');
    await screen.findByTestId('cost-figures');
    page.summary.set({ ...page.summary.value!, direct, behind: 1200 });
    expect((await screen.findByTestId('figure-direct_cost')).textContent).toContain('3 chats past Smart');
    page.go({ section: 'overview' });
    expect((await screen.findByTestId('behind')).textContent).toContain('1,200');
  });
});

describe('performance', () => {
  it('shows percentiles over time, distributions, and groups', async () => {
    const { calls } = open('?section=performance&range=90d');
    const note = await screen.findByTestId('chart-spread-latency_ms-note');
    await waitFor(() => expect(note.textContent).toMatch(/^p50 .+, p95 .+, p99 .+$/));
    const metrics = calls.filter((call) => call.path === '/timeseries').map((call) => call.query.get('metric'));
    expect(metrics).toEqual(expect.arrayContaining(['fallbacks', 'escalations', 'errors', 'latency_ms_p95', 'first_token_ms_p50']));
    expect((await screen.findAllByTestId('group-row')).length).toBeGreaterThan(3);
  });
});

describe('ratings', () => {
  it('are counted by backend and intent', async () => {
    open('?section=ratings&range=90d', '', undefined, 160);
    expect((await screen.findByTestId('figure-rated-value')).textContent).not.toBe('0');
    const rows = await within(await screen.findByTestId('ratings-backend')).findAllByTestId('rating-row');
    expect(rows[0]?.textContent).toMatch(/\d+ good, \d+ bad/);
  });

  it('say what they are for when there are none', async () => {
    open('?section=ratings', 'empty');
    expect((await screen.findByTestId('ratings-empty')).textContent).toContain(t.ratings.noneHint);
  });
});

describe('a time of one’s own', () => {
  it('is chosen by both ends, and refused when they are the wrong way round', async () => {
    const { user } = open('?section=performance');
    await user.click(await screen.findByTestId('range-own'));
    const [from, to] = [screen.getByTestId<HTMLInputElement>('range-from'), screen.getByTestId<HTMLInputElement>('range-to')];
    const ends = [from.value, to.value];
    await user.clear(from);
    await user.click(screen.getByTestId('range-apply'));
    expect(screen.getByRole('alert').textContent).toBe(t.ownRange.wrong);
    await user.type(from, ends[0] ?? '');
    await user.click(screen.getByTestId('range-apply'));
    const query = new URLSearchParams(location.search);
    expect(Number(query.get('to')) - Number(query.get('from'))).toBe(86_400);
    expect(screen.getByTestId('range-own').getAttribute('aria-pressed')).toBe('true');
    await user.click(screen.getByTestId('range-24h'));
    expect(location.search).toBe('?section=performance');
  });
});
