import { format } from './format';
import { t } from './texts';
import type { BaselineUse } from './types';

/** What savings were counted against: the last one first, and each before it with the time of its last use. */
export function baselinesInWords(uses: readonly BaselineUse[], nowMs: number): string {
  return uses
    .map(({ baseline, to }, index) => {
      const name = baseline ?? t.headline.baselineUnknown;
      return index === 0 ? name : t.headline.baselineUntil(format.when(to, nowMs), name);
    })
    .join('; ');
}
