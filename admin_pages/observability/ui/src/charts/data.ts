import type { Grouping, Timeseries } from '../lib/types';
import { MOST_HUES, type Colours, type Hue } from './colours';

export interface Line {
  key: string;
  label: string;
  hue: Hue;
  values: (number | null)[];
  /** Drawn as a dashed line, to compare with. */
  dashed?: boolean;
}

/** A chart before it is drawn: one value of each line for every place of the horizontal axis. */
export interface Figure {
  /** What the places are, at length, for tooltip and table. */
  places: string[];
  /** What stands below the axis. */
  labels: string[];
  /** What they are in a file, where that is something else: a time that programs read. */
  keys?: string[];
  lines: Line[];
}

export type When = (atS: number, stepS: number) => string;

/** The times of a series, in words; in a file, when each begins. */
export function places(series: Timeseries, long: When, short: When): Required<Pick<Figure, 'places' | 'labels' | 'keys'>> {
  const at = series.items[0]?.points.map((point) => point.at) ?? [];
  return {
    places: at.map((time) => long(time, series.step_s)),
    labels: at.map((time) => short(time, series.step_s)),
    keys: at.map((time) => new Date(time * 1000).toISOString()),
  };
}

/** One line for each group; beyond the colours there are, what adds up becomes one line of its own. */
export function lines(series: Timeseries, colours: Colours, label: (group: string | null) => string, other: string): Line[] {
  const all = series.items.map((item) => ({
    key: item.group ?? '',
    label: label(item.group),
    values: item.points.map((point) => point.value),
  }));
  if (all.length <= MOST_HUES) return all.map((line) => ({ ...line, hue: line.key ? colours.of(line.key) : 'gray' }));
  const shown = all.slice(0, MOST_HUES - 1).map((line) => ({ ...line, hue: line.key ? colours.of(line.key) : ('gray' as const) }));
  const rest = all.slice(MOST_HUES - 1);
  const sums = (rest[0]?.values ?? []).map((_, index) => sum(rest.map((line) => line.values[index] ?? null)));
  return [...shown, { key: '\u0000other', label: other, hue: 'gray', values: sums }];
}

/** The same as one dashed line, at the places of `length` that it is compared with. */
export function compared(series: Timeseries, label: string, length: number): Line {
  const points = series.items[0]?.points ?? [];
  // Both end where the later one begins; the earlier may have a bucket more at its start.
  const from = Math.max(0, points.length - length);
  const values = points.slice(from).map((point) => point.value);
  return { key: '\u0000compared', label, hue: 'gray', dashed: true, values };
}

/** A figure as the rows of a file, its head first. */
export function table(figure: Figure, axis: string): (string | number | null)[][] {
  const rows = (figure.keys ?? figure.places).map((place, index) => [place, ...figure.lines.map((line) => line.values[index] ?? null)]);
  return [[axis, ...figure.lines.map((line) => line.label)], ...rows];
}

export function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length ? known.reduce((total, value) => total + value, 0) : null;
}

/** Whether a figure has anything to show. */
export function isEmpty(figure: Figure): boolean {
  return figure.lines.every((line) => line.dashed || line.values.every((value) => value === null || value === 0));
}

export const ADDITIVE: ReadonlySet<string> = new Set(['requests', 'errors', 'fallbacks', 'escalations', 'cost_usd', 'baseline_cost_usd', 'savings_usd', 'input_tokens', 'output_tokens']);

export const isGrouping = (value: string, known: readonly Grouping[]): value is Grouping => (known as readonly string[]).includes(value);
