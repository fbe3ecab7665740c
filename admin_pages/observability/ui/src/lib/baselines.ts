import { format } from './format';
import { t } from './texts';
import type { BaselineUse } from './types';

/**
 * What savings were counted against: the last one first, and each before it with the time of its last
 * use. Those of the last hour are told apart no further.
 */
export function baselinesInWords(uses: readonly BaselineUse[], nowMs: number): string {
  const nameOf = (use: BaselineUse) => use.baseline ?? t.headline.baselineUnknown;
  const last = uses.filter((use) => use.to === uses[0]?.to);
  const before = uses.slice(last.length);
  return [format.list(last.map(nameOf)), ...before.map((use) => t.headline.baselineUntil(format.when(use.to, nowMs), nameOf(use)))].join('; ');
}
