import type { RangeName } from './types';

export const RANGES: readonly RangeName[] = ['1h', '24h', '7d', '30d', '90d'];
export const SECTIONS = ['overview', 'registry', 'access'] as const;
export type Section = (typeof SECTIONS)[number];
export const SHOWS = ['turns', 'tasks', 'all'] as const;
export type Show = (typeof SHOWS)[number];

/** The filters of the log. Empty means any. */
export interface Filters {
  q: string;
  backend: string;
  intent: string;
  complexity: string;
  outcome: string;
  show: Show;
}

/** What of the page's state a link carries. */
export interface View extends Filters {
  section: Section;
  range: RangeName;
  request: string | null;
}

export const NO_FILTERS: Filters = { q: '', backend: '', intent: '', complexity: '', outcome: '', show: 'turns' };
export const DEFAULT_VIEW: View = { ...NO_FILTERS, section: 'overview', range: '24h', request: null };

/** Reads a query string. What we do not know falls back to the default. */
export function parseView(search: string): View {
  const p = new URLSearchParams(search);
  return {
    section: oneOf(SECTIONS, p.get('section'), DEFAULT_VIEW.section),
    range: oneOf(RANGES, p.get('range'), DEFAULT_VIEW.range),
    request: p.get('request') || null,
    q: p.get('q') ?? '',
    backend: p.get('backend') ?? '',
    intent: p.get('intent') ?? '',
    complexity: p.get('complexity') ?? '',
    outcome: p.get('outcome') ?? '',
    show: oneOf(SHOWS, p.get('show'), DEFAULT_VIEW.show),
  };
}

/**
 * The query string of a view, without what is default anyway; empty or with a leading `?`.
 * What `search` holds beside the view stays as it is.
 */
export function formatView(view: View, search = ''): string {
  const p = new URLSearchParams(search);
  for (const key of ['section', 'range', 'q', 'backend', 'intent', 'complexity', 'outcome', 'show', 'request'] as const) {
    const value = view[key];
    if (value && value !== DEFAULT_VIEW[key]) p.set(key, value);
    else p.delete(key);
  }
  const text = p.toString();
  return text ? `?${text}` : '';
}

export function hasFilters(filters: Filters): boolean {
  return (Object.keys(NO_FILTERS) as (keyof Filters)[]).some((key) => filters[key] !== NO_FILTERS[key]);
}

function oneOf<T extends string>(known: readonly T[], value: string | null, fallback: T): T {
  return known.includes(value as T) ? (value as T) : fallback;
}
