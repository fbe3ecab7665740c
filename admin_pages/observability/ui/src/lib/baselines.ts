import { format } from './format';
import { t } from './texts';
import type { BaselineUse } from './types';

/** Those that were used last. */
export function lastBaselines(uses: readonly BaselineUse[]): BaselineUse[] {
  return uses.filter((use) => use.to === uses[0]?.to);
}

/**
 * What savings were counted against: the last one first, and each before it with the time of its last
 * use. Those of the last hour are told apart no further.
 */
export function baselinesInWords(uses: readonly BaselineUse[], nowMs: number): string {
  const nameOf = (use: BaselineUse) => use.baseline ?? t.headline.baselineUnknown;
  const last = lastBaselines(uses);
  const before = uses.slice(last.length);
  return [format.list(last.map(nameOf)), ...before.map((use) => t.headline.baselineUntil(format.whenHour(use.to, nowMs), nameOf(use)))].join('; ');
}
