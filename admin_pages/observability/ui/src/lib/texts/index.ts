import { charts } from './charts';
import { codes } from './codes';
import { frame } from './frame';
import { health } from './health';
import { log } from './log';
import { settings } from './settings';

/** Every text of the page, so that it can be read, corrected and one day translated in one place. */
export const t = { ...frame, ...health, ...charts, ...log, ...settings, ...codes };

/** The word for a code; a code that this page does not know yet is shown as it is. */
export function word(words: Record<string, string>, code: string): string {
  if (Object.hasOwn(words, code)) return words[code] ?? code;
  return /^[a-z]+(_[a-z]+)+$/.test(code) ? code.replaceAll('_', ' ') : code;
}

/** A circuit breaker's reason. How many failures there were in a row is said beside it anyway. */
export function breakerReason(reason: string): string {
  return reason
    .replace(/^\d+ failures in a row, /, '')
    .replace(/\b[a-z]+(?:_[a-z]+)*(?=:|$)/, (code) => (Object.hasOwn(t.errorKinds, code) ? word(t.errorKinds, code) : code));
}
