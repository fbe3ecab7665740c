import type { Distribution, Grouping, RequestRecord, Summary, Timeseries } from '../src/lib/types';
import { summarize } from './data.ts';

/** Figures of made-up records, in the shapes of the real ones. */

const STEPS = [60, 300, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];
const EDGES = [0, ...[1, 2, 3, 4, 5].flatMap((power) => [1, 1.5, 2, 3, 5, 7].map((step) => step * 10 ** power))];

export interface Stretch {
  from: number;
  to: number;
}

export const within = (records: RequestRecord[], { from, to }: Stretch) =>
  records.filter((record) => record.created_at >= from && record.created_at < to);

const turnsOf = (records: RequestRecord[]) => records.filter((record) => record.task === null);

function keyOf(record: RequestRecord, by: string): string | null {
  if (by === 'user') return record.user_id;
  return record[by as 'backend'] ?? null;
}

function grouped(records: RequestRecord[], by: string | null): Map<string | null, RequestRecord[]> {
  const found = new Map<string | null, RequestRecord[]>();
  for (const record of records) {
    const key = by ? keyOf(record, by) : null;
    found.set(key, [...(found.get(key) ?? []), record]);
  }
  return new Map([...found].sort((a, b) => b[1].length - a[1].length));
}

function valueOf(metric: string, records: RequestRecord[]): number | null {
  if (!records.length) return ['requests', 'errors', 'fallbacks', 'escalations'].includes(metric) ? 0 : null;
  const figures: Summary = summarize(records, '24h');
  const percentile = /^(latency_ms|first_token_ms)_(p50|p95|p99)$/.exec(metric);
  if (percentile) return figures[percentile[1] as 'latency_ms']?.[percentile[2] as 'p50'] ?? null;
  return figures[metric as 'requests'] ?? null;
}

export function timeseries(records: RequestRecord[], stretch: Stretch, metric: string, by: string | null): Timeseries {
  const step = STEPS.find((one) => (stretch.to - stretch.from) / one <= 120) ?? 86_400;
  const [first, end] = [Math.floor(stretch.from / step), Math.ceil(stretch.to / step)];
  const groups = grouped(turnsOf(within(records, stretch)), by);
  if (by === null && !groups.size) groups.set(null, []);
  const items = [...groups].slice(0, 20).map(([group, found]) => ({
    group,
    points: Array.from({ length: end - first }, (_, index) => {
      const at = (first + index) * step;
      return { at, value: valueOf(metric, within(found, { from: at, to: at + step })) };
    }),
  }));
  return { metric, group_by: by, range: { name: null, ...stretch }, step_s: step, items, left_out: 0 };
}

export function breakdown(records: RequestRecord[], stretch: Stretch, by: Grouping) {
  const groups = grouped(turnsOf(within(records, stretch)), by);
  const items = [...groups].map(([group, found]) => {
    const { range: _range, previous: _previous, by_backend: _by, baseline: _baseline, ...figures } = summarize(found, '24h');
    return { group, ...figures };
  });
  return { group_by: by, range: { name: null, ...stretch }, items };
}

export function distribution(records: RequestRecord[], stretch: Stretch, metric: string): Distribution {
  const found = turnsOf(within(records, stretch));
  const known = found.map((record) => record[metric as 'latency_ms']).filter((value) => value !== null);
  const counts = EDGES.map((from, index) => ({
    from_ms: from,
    to_ms: EDGES[index + 1] ?? null,
    requests: known.filter((value) => value >= from && value < (EDGES[index + 1] ?? Infinity)).length,
  }));
  const used = counts.flatMap((bar, index) => (bar.requests ? [index] : []));
  const items = used.length ? counts.slice(used[0], (used.at(-1) ?? 0) + 1) : [];
  const percentiles = summarize(found, '24h')[metric as 'latency_ms'] ?? { p50: null, p95: null, p99: null };
  return { metric, range: { name: null, ...stretch }, requests: known.length, percentiles, items };
}
