/** What stands for a figure that nobody knows. */
export const UNKNOWN = '—';

type Maybe = number | null | undefined;

const isKnown = (value: Maybe): value is number => typeof value === 'number' && Number.isFinite(value);

/** Numbers and times in words of the browser's locale, or of the one given. */
export function formatter(locale?: string) {
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);

  const whole = number({ maximumFractionDigits: 0 });
  const compact = number({ notation: 'compact', maximumFractionDigits: 1 });
  const percent = number({ style: 'percent', maximumFractionDigits: 1 });
  const percentWhole = number({ style: 'percent', maximumFractionDigits: 0 });
  const usd = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;
  const dollars = number({ ...usd, minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const smallDollars = number({ ...usd, maximumSignificantDigits: 2 });
  const milliseconds = number({ style: 'unit', unit: 'millisecond', unitDisplay: 'narrow', maximumFractionDigits: 0 });
  const seconds = number({ style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumFractionDigits: 1 });
  const longSeconds = number({ style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumFractionDigits: 0 });
  const factor = number({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const time = date({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const dayAndTime = date({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const yearAndTime = date({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const full = date({ dateStyle: 'medium', timeStyle: 'medium' });
  const day = date({ year: 'numeric', month: 'numeric', day: 'numeric' });
  const hourAndMinute = date({ hour: '2-digit', minute: '2-digit' });
  const dayAlone = date({ month: 'short', day: 'numeric' });
  const bytes = number({ style: 'unit', unit: 'gigabyte', unitDisplay: 'short', maximumFractionDigits: 1 });
  const rate = number({ maximumSignificantDigits: 3 });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });

  return {
    count: (value: Maybe) => (isKnown(value) ? whole.format(value) : UNKNOWN),
    /** 20 700 as 20.7K; for large figures where the exact one is in the title. */
    compact: (value: Maybe) => (isKnown(value) ? (value < 10_000 ? whole : compact).format(value) : UNKNOWN),
    /** A share of 1. Whole percents above ten, where a decimal says nothing. */
    percent: (value: Maybe) =>
      isKnown(value) ? (Math.abs(value) >= 0.1 ? percentWhole : percent).format(value) : UNKNOWN,
    /** Two digits that count, however small: a chat may cost a fraction of a cent. */
    usd: (value: Maybe) => {
      if (!isKnown(value)) return UNKNOWN;
      const small = value !== 0 && Math.abs(value) < 0.01;
      return (small ? smallDollars : dollars).format(value);
    },
    duration: (ms: Maybe) => {
      if (!isKnown(ms)) return UNKNOWN;
      // Below an axis of minutes as of milliseconds.
      if (ms === 0) return whole.format(0);
      if (ms < 1000) return milliseconds.format(ms);
      return (ms < 60_000 ? seconds : longSeconds).format(ms / 1000);
    },
    /** A number as it is, with three digits that count. */
    number: (value: Maybe) => (isKnown(value) ? rate.format(value) : UNKNOWN),
    /** a, b and c. */
    list: (words: readonly string[]) => list.format(words),
    gigabytes: (value: Maybe) => (isKnown(value) ? bytes.format(value / 1e9) : UNKNOWN),
    factor: (value: Maybe) => (isKnown(value) ? factor.format(value) : UNKNOWN),
    /** The time alone for today, with the day before that, and the year of another one. */
    when: (atS: Maybe, nowMs: number) => {
      if (!isKnown(atS)) return UNKNOWN;
      const at = new Date(atS * 1000);
      if (at.getFullYear() !== new Date(nowMs).getFullYear()) return yearAndTime.format(at);
      return (day.format(at) === day.format(nowMs) ? time : dayAndTime).format(at);
    },
    /** The same of a full hour. */
    whenHour: (atS: number, nowMs: number) =>
      (day.format(atS * 1000) === day.format(nowMs) ? hourAndMinute : dayAndTime).format(atS * 1000),
    /** When a bucket of a chart is: from when until when, or which day. */
    bucket: (atS: number, stepS: number) => {
      if (stepS >= 86_400) return dayAlone.format(atS * 1000);
      return `${dayAndTime.format(atS * 1000)}–${hourAndMinute.format((atS + stepS) * 1000)}`;
    },
    /** The same below an axis. */
    tick: (atS: number, stepS: number) => (stepS >= 86_400 ? dayAlone : stepS >= 3600 ? dayAndTime : hourAndMinute).format(atS * 1000),
    full: (atS: Maybe) => (isKnown(atS) ? full.format(atS * 1000) : UNKNOWN),
    /** 0:42 or 12:05, for a countdown. */
    countdown: (leftS: number) => {
      const left = Math.max(0, Math.ceil(leftS));
      return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    },
  };
}

export const format = formatter();

/** How a figure moved against the previous period, as a share; null when one of the two is unknown. */
export function change(now: Maybe, before: Maybe): number | null {
  if (!isKnown(now) || !isKnown(before)) return null;
  if (before === 0) return now === 0 ? 0 : null;
  return (now - before) / Math.abs(before);
}
