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
