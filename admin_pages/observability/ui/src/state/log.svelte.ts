import type { Api, LogFilter } from '../lib/api';
import { ApiError } from '../lib/api';
import type { LogPage, RequestRow } from '../lib/types';
import { DEFAULT_VIEW, FILTER_KEYS, hasFilters, NO_FILTERS, type Filters, type Span } from '../lib/url';
import { asApiError } from './loaded.svelte';

const PAGE = 50;
/** How many pages a refresh reads on until it meets a row that is there already. */
const CATCH_UP_PAGES = 4;

/** The request log: what has been loaded so far of the records that the filters let through. */
export class RequestLog {
  rows = $state.raw<RequestRow[]>([]);
  /** Whether the first page has come. */
  ready = $state(false);
  error = $state.raw<ApiError | null>(null);
  loadingMore = $state(false);
  moreError = $state.raw<ApiError | null>(null);
  cursor = $state.raw<string | null>(null);
  /** A search for text came so far back (epoch seconds); null: through all of it, or there is none. */
  searchedTo = $state.raw<number | null>(null);
  /** With no rows at all: whether there are any in the longest range. */
  anyBefore = $state.raw<boolean | null>(null);
  /** Rows that came in while the page was open. */
  fresh = $state.raw<ReadonlySet<string>>(new Set());

  private span: Span = DEFAULT_VIEW;
  private filters: Filters = NO_FILTERS;
  private turn = 0;

  constructor(private readonly api: Api) {}

  /** What to show from now on. The rows of before are gone at once: they would be wrong. */
  want({ range, from, to }: Span, filters: Filters): void {
    this.span = { range, from, to };
    this.filters = Object.fromEntries(FILTER_KEYS.map((key) => [key, filters[key]])) as unknown as Filters;
    this.turn++;
    this.rows = [];
    this.ready = false;
    this.error = null;
    this.moreError = null;
    this.loadingMore = false;
    this.cursor = null;
    this.searchedTo = null;
    this.anyBefore = null;
    this.fresh = new Set();
  }

  /** Brings in what is new at the top, and what changed in the newest page; keeps the rest. */
  async refresh(): Promise<boolean> {
    const turn = this.turn;
    try {
      const known = new Set(this.rows.map((row) => row.id));
      let page = await this.api.requests(this.span, this.query());
      const found = [...page.items];
      // A search that stopped on its way has looked through far more than came in since the last time.
      const meetsAll = () => meets(found, known) || page.searched_to != null;
      for (let n = 1; n < CATCH_UP_PAGES && known.size && page.next_cursor && !meetsAll(); n++) {
        page = await this.api.requests(this.span, this.query(page.next_cursor));
        found.push(...page.items);
      }
      if (turn !== this.turn) return true;
      const gap = known.size > 0 && page.next_cursor !== null && !meetsAll();
      if (!this.ready || gap) this.goesOn(page);
      this.fresh = this.ready ? new Set(found.filter((row) => !known.has(row.id)).map((row) => row.id)) : new Set();
      this.rows = newestFirst(gap ? found : [...found, ...this.rows]);
      this.ready = true;
      this.error = null;
      if (this.rows.length === 0) await this.lookBefore(turn);
      return true;
    } catch (error) {
      if (turn === this.turn) this.error = asApiError(error);
      return false;
    }
  }

  async more(): Promise<void> {
    if (this.loadingMore || this.cursor === null) return;
    const turn = this.turn;
    const cursor = this.cursor;
    this.loadingMore = true;
    this.moreError = null;
    try {
      const page = await this.api.requests(this.span, this.query(cursor));
      // A refresh may have begun a new list in between; this page does not go on from it.
      if (turn !== this.turn || cursor !== this.cursor) return;
      this.rows = newestFirst([...this.rows, ...page.items]);
      this.goesOn(page);
    } catch (error) {
      if (turn === this.turn) this.moreError = asApiError(error);
    } finally {
      if (turn === this.turn) this.loadingMore = false;
    }
  }

  private goesOn(page: LogPage<RequestRow>): void {
    this.cursor = page.next_cursor;
    this.searchedTo = page.searched_to ?? null;
  }

  /** "None yet" and "none lately" are two things to say. */
  private async lookBefore(turn: number): Promise<void> {
    if (this.anyBefore !== null || hasFilters(this.filters)) return;
    if (this.span.range === '90d' && this.span.from === null) {
      this.anyBefore = false;
      return;
    }
    const page = await this.api.requests({ range: '90d', from: null, to: null }, { ...asked(NO_FILTERS), limit: 1, brief: true });
    if (turn === this.turn) this.anyBefore = page.items.length > 0;
  }

  private query(cursor?: string) {
    return { ...asked(this.filters), cursor, limit: PAGE, brief: true };
  }
}

/** Filters in the API's words. */
export function asked(filters: Filters): LogFilter {
  const { q, backend, intent, complexity, outcome, error, user, reason, show } = filters;
  const task = show === 'turns' ? 'none' : show === 'tasks' ? 'any' : undefined;
  const source = show === 'direct' ? 'direct' : 'smart';
  return { q: q.trim(), backend, intent, complexity, outcome, error_kind: error, user_id: user, reason, task, source };
}

function meets(rows: RequestRow[], known: ReadonlySet<string>): boolean {
  return rows.some((row) => known.has(row.id));
}

/** The first of several rows with one id counts. */
function newestFirst(rows: RequestRow[]): RequestRow[] {
  const byId = new Map<string, RequestRow>();
  for (const row of rows) if (!byId.has(row.id)) byId.set(row.id, row);
  return [...byId.values()].sort((a, b) => b.created_at - a.created_at);
}
