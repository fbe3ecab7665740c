import { describe, expect, it } from 'vitest';
import { DEFAULT_VIEW, NO_FILTERS } from '../src/lib/url';
import { Page } from '../src/state/page.svelte';
import { RequestLog } from '../src/state/log.svelte';
import type { RequestRow } from '../src/lib/types';
import { fakeApi, row, settled } from './helpers';

/** A server with these rows, pages of two. */
function logOver(rows: RequestRow[]) {
  const { api, calls } = fakeApi(({ query }) => {
    if (query.get('range') === '90d' && query.get('limit') === '1') return { body: { items: rows.slice(0, 1), next_cursor: null } };
    const sorted = [...rows].sort((a, b) => b.created_at - a.created_at);
    const begin = query.get('cursor') ? sorted.findIndex((r) => r.id === query.get('cursor')) + 1 : 0;
    const items = sorted.slice(begin, begin + 2);
    return { body: { items, next_cursor: begin + 2 < sorted.length ? items.at(-1)?.id : null } };
  });
  const log = new RequestLog(api);
  log.want(DEFAULT_VIEW, NO_FILTERS);
  return { log, calls, ids: () => log.rows.map((r) => r.id) };
}

describe('users without a name', () => {
  it('go by their id, shortened where a machine made it', () => {
    const { names } = new Page(fakeApi(() => ({})).api);
    expect(names.of('c4c7519f-915b-4bd9-8052-c3483ddd5a8d')).toBe('c4c7519f…');
    expect(names.of('simulated-user-014')).toBe('simulated-user-014');
  });
});

describe('the request log', () => {
  it('shows chats without background tasks unless asked', async () => {
    const { log, calls } = logOver([row('a', 1)]);
    await log.refresh();
    log.want(DEFAULT_VIEW, { ...NO_FILTERS, show: 'tasks' });
    await log.refresh();
    log.want(DEFAULT_VIEW, { ...NO_FILTERS, show: 'all' });
    await log.refresh();
    log.want(DEFAULT_VIEW, { ...NO_FILTERS, show: 'direct' });
    await log.refresh();
    expect(calls.map((call) => call.query.get('task'))).toEqual(['none', 'any', null, null]);
    expect(calls.map((call) => call.query.get('source'))).toEqual(['smart', 'smart', 'smart', 'direct']);
  });

  it('loads page after page, each row once', async () => {
    const { log, ids } = logOver([row('a', 1), row('b', 2), row('c', 3), row('d', 4), row('e', 5)]);
    await log.refresh();
    expect(ids()).toEqual(['e', 'd']);
    await log.more();
    await log.more();
    expect([ids(), log.cursor]).toEqual([['e', 'd', 'c', 'b', 'a'], null]);
    await log.more();
    expect(ids()).toHaveLength(5);
  });

  it('puts new rows on top and keeps those that were loaded', async () => {
    const rows = [row('a', 1), row('b', 2), row('c', 3)];
    const { log, ids } = logOver(rows);
    await log.refresh();
    await log.more();
    rows.push(row('d', 4));
    await log.refresh();
    expect([ids(), [...log.fresh], log.cursor]).toEqual([['d', 'c', 'b', 'a'], ['d'], null]);
  });

  it('takes over what changed on a row, such as a rating', async () => {
    const rows = [row('a', 1, { rating: null })];
    const { log } = logOver(rows);
    await log.refresh();
    rows[0] = row('a', 1, { rating: 1 });
    await log.refresh();
    expect(log.rows[0]?.rating).toBe(1);
  });

  it('reads on until it meets what it has, when much came in at once', async () => {
    const rows = [row('a', 1), row('b', 2)];
    const { log, ids } = logOver(rows);
    await log.refresh();
    rows.push(row('c', 3), row('d', 4), row('e', 5));
    await log.refresh();
    expect(ids()).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('begins anew rather than leave a hole, when far too much came in', async () => {
    const rows = [row('old', 1)];
    const { log, ids } = logOver(rows);
    await log.refresh();
    for (let n = 0; n < 20; n++) rows.push(row(`n${n}`, 100 + n));
    await log.refresh();
    expect(ids()).not.toContain('old');
    expect(ids()[0]).toBe('n19');
    expect(log.cursor).not.toBeNull();
    while (log.cursor !== null) await log.more();
    expect(ids()).toHaveLength(21);
  });

  it('searches further back when asked, and keeps what it found there', async () => {
    const rows = [row('old', 10)];
    const { api } = fakeApi(({ query }) => {
      const [from, to] = query.get('cursor') ? [0, 500] : [500, 2000];
      const items = rows.filter((one) => one.created_at >= from && one.created_at < to);
      return { body: query.get('cursor') ? { items, next_cursor: null, searched_to: null } : { items, next_cursor: 'on', searched_to: 500 } };
    });
    const log = new RequestLog(api);
    log.want(DEFAULT_VIEW, { ...NO_FILTERS, q: 'needle' });
    await log.refresh();
    expect([log.rows.length, log.searchedTo, log.cursor]).toEqual([0, 500, 'on']);
    await log.more();
    expect([log.rows.map((one) => one.id), log.searchedTo, log.cursor]).toEqual([['old'], null, null]);
    rows.push(row('new', 1000));
    await log.refresh();
    expect([log.rows.map((one) => one.id), log.searchedTo, log.cursor]).toEqual([['new', 'old'], null, null]);
  });

  it('drops an answer to a question that is no longer asked', async () => {
    let release = () => {};
    const { api } = fakeApi(async ({ query }) => {
      if (query.get('backend')) return { body: { items: [row('wanted', 1)], next_cursor: null } };
      await new Promise<void>((resolve) => (release = resolve));
      return { body: { items: [row('late', 2)], next_cursor: null } };
    });
    const log = new RequestLog(api);
    log.want(DEFAULT_VIEW, NO_FILTERS);
    const late = log.refresh();
    await settled();
    log.want(DEFAULT_VIEW, { ...NO_FILTERS, backend: 'x' });
    await log.refresh();
    release();
    await late;
    expect(log.rows.map((r) => r.id)).toEqual(['wanted']);
  });

  it('keeps its rows when a refresh fails', async () => {
    let broken = false;
    const { api } = fakeApi(() => (broken ? { status: 500, body: { detail: 'no' } } : { body: { items: [row('a', 1)], next_cursor: null } }));
    const log = new RequestLog(api);
    log.want(DEFAULT_VIEW, NO_FILTERS);
    await log.refresh();
    broken = true;
    expect(await log.refresh()).toBe(false);
    expect([log.rows.length, log.error?.message]).toEqual([1, 'no']);
  });

  it('tells "none yet" from "none lately"', async () => {
    const none = logOver([]);
    await none.log.refresh();
    expect(none.log.anyBefore).toBe(false);

    const { api } = fakeApi(({ query }) => ({ body: { items: query.get('range') === '90d' ? [row('a', 1)] : [], next_cursor: null } }));
    const lately = new RequestLog(api);
    lately.want({ range: '1h', from: null, to: null }, NO_FILTERS);
    await lately.refresh();
    expect(lately.anyBefore).toBe(true);
  });
});
