import { t, word } from './texts';
import type { Grouping } from './types';

/** What a group is called on the page. */
export function groupName(by: Grouping, group: string | null, names: { of: (id: string) => string }): string {
  if (group === null) return by === 'user' ? t.log.noUser : t.charts.none;
  const words: Partial<Record<Grouping, Record<string, string>>> = {
    intent: t.intents,
    complexity: t.complexities,
    outcome: t.outcomes,
    error_kind: t.errorKinds,
  };
  if (by === 'user') return names.of(group);
  if (by === 'backend') return group;
  return word(words[by] ?? {}, group);
}

/** What to say where the groups add up to more than there were requests: a fallback counts for both backends. */
export function countedNote(by: Grouping, counted: number | null, requests: number | null | undefined): string {
  return by === 'backend' && (counted ?? 0) > (requests ?? Infinity) ? t.charts.perBackend : '';
}
