import { codes } from './texts/codes.ts';
import type { RangeName } from './types';

export const RANGES: readonly RangeName[] = ['1h', '24h', '7d', '30d', '90d'];
export const SECONDS: Record<RangeName, number> = { '1h': 3600, '24h': 86_400, '7d': 604_800, '30d': 2_592_000, '90d': 7_776_000 };
export const SECTIONS = [
  'overview', 'performance', 'cost', 'requests', 'ratings', 'playground', 'models', 'registry', 'access',
] as const;
export type Section = (typeof SECTIONS)[number];
/** Sections whose figures are those of a stretch of time. */
export const RANGED: ReadonlySet<Section> = new Set(['overview', 'performance', 'cost', 'requests', 'ratings', 'models']);
export const SHOWS = ['turns', 'tasks', 'all', 'direct'] as const;
export type Show = (typeof SHOWS)[number];

/** A named stretch of time that ends now, or one of one's own, in epoch seconds. */
export interface Span {
  range: RangeName;
  from: number | null;
  to: number | null;
}

/** The filters of the log. Empty means any. */
export interface Filters {
  q: string;
  backend: string;
  intent: string;
  complexity: string;
  outcome: string;
  error: string;
  user: string;
  reason: string;
  show: Show;
}

/** The filters whose values are a fixed list: the server refuses any other. */
const LISTED = { intent: codes.intents, complexity: codes.complexities, outcome: codes.outcomes } as const;
/** No search is longer, on the server neither. */
export const LONGEST_SEARCH = 200;

/** A filter of an address whose value is none. */
export interface UnknownFilter {
  key: keyof typeof LISTED;
  value: string;
}

/** What of the page's state a link carries. */
export interface View extends Span, Filters {
  section: Section;
  /** What charts are grouped by; empty for what the section begins with. */
  by: string;
  request: string | null;
  /** What the address asked for and nobody can filter by. It is left out and said so. */
  unknown: readonly UnknownFilter[];
}

export const NO_FILTERS: Filters = {
  q: '', backend: '', intent: '', complexity: '', outcome: '', error: '', user: '', reason: '', show: 'turns',
};
export const FILTER_KEYS = Object.keys(NO_FILTERS) as readonly (keyof Filters)[];
export const DEFAULT_VIEW: View = { ...NO_FILTERS, section: 'overview', range: '24h', from: null, to: null, by: '', request: null, unknown: [] };

/** Reads a query string. What we do not know falls back to the default. */
export function parseView(search: string): View {
  const p = new URLSearchParams(search);
  const text = (key: string) => p.get(key) ?? '';
  const unknown: UnknownFilter[] = [];
  const listed = (key: UnknownFilter['key']) => {
    const value = text(key);
    if (!value || Object.hasOwn(LISTED[key], value)) return value;
    unknown.push({ key, value });
    return '';
  };
  const filters: Filters = {
    q: text('q').slice(0, LONGEST_SEARCH), backend: text('backend'), intent: listed('intent'), complexity: listed('complexity'), outcome: listed('outcome'),
    error: text('error'), user: text('user'), reason: text('reason'), show: oneOf(SHOWS, p.get('show'), DEFAULT_VIEW.show),
  };
  // A link with filters and no section is about the log.
  const fallback = hasFilters(filters) || unknown.length ? 'requests' : DEFAULT_VIEW.section;
  return {
    ...filters,
    section: oneOf(SECTIONS, p.get('section'), fallback),
    range: oneOf(RANGES, p.get('range'), DEFAULT_VIEW.range),
    ...spanOf(p.get('from'), p.get('to')),
    by: text('by'),
    request: p.get('request') || null,
    unknown,
  };
}

/**
 * The query string of a view, without what is default anyway; empty or with a leading `?`.
 * What `search` holds beside the view stays as it is.
 */
export function formatView(view: View, search = ''): string {
  const p = new URLSearchParams(search);
  const own = view.from !== null && view.to !== null;
  const values: Record<string, string> = {
    section: view.section,
    range: own ? '' : view.range,
    from: own ? String(view.from) : '',
    to: own ? String(view.to) : '',
    by: view.by,
    ...Object.fromEntries(FILTER_KEYS.map((key) => [key, view.section === 'requests' ? view[key] : ''])),
    request: view.request ?? '',
  };
  for (const [key, value] of Object.entries(values)) {
    if (value && value !== DEFAULT_VIEW[key as keyof View]) p.set(key, value);
    else p.delete(key);
  }
  const text = p.toString();
  return text ? `?${text}` : '';
}

export function hasFilters(filters: Filters): boolean {
  return FILTER_KEYS.some((key) => filters[key] !== NO_FILTERS[key]);
}

export function sameSpan(a: Span, b: Span): boolean {
  return a.range === b.range && a.from === b.from && a.to === b.to;
}

/** Only both ends, in order, make a stretch of time. */
function spanOf(from: string | null, to: string | null): Pick<Span, 'from' | 'to'> {
  const [start, end] = [Number(from), Number(to)];
  const good = Boolean(from && to) && Number.isFinite(start) && Number.isFinite(end) && start >= 0 && start < end && end < 1e11;
  return good ? { from: start, to: end } : { from: null, to: null };
}

function oneOf<T extends string>(known: readonly T[], value: string | null, fallback: T): T {
  return known.includes(value as T) ? (value as T) : fallback;
}
