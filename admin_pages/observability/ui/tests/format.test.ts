import { describe, expect, it } from 'vitest';
import { change, formatter, UNKNOWN } from '../src/lib/format';

const us = formatter('en-US');
const de = formatter('de-DE');

describe('what nobody knows', () => {
  it.each(['count', 'compact', 'percent', 'usd', 'duration', 'factor', 'full'] as const)('%s of null is a dash, never 0', (name) => {
    expect(us[name](null)).toBe(UNKNOWN);
    expect(us[name](undefined)).toBe(UNKNOWN);
    expect(us[name](Number.NaN)).toBe(UNKNOWN);
  });

  it('a known zero is a zero', () => {
    expect(us.count(0)).toBe('0');
    expect(us.usd(0)).toBe('$0.00');
    expect(us.percent(0)).toBe('0%');
  });
});

describe('figures', () => {
  it('large counts are shortened, small ones are exact', () => {
    expect(us.compact(9_999)).toBe('9,999');
    expect(us.compact(120_700)).toBe('120.7K');
  });

  it('fractions of a cent keep two digits that count', () => {
    expect(us.usd(0.00234)).toBe('$0.0023');
    expect(us.usd(0.0000071)).toBe('$0.0000071');
    expect(us.usd(12.345)).toBe('$12.35');
  });

  it('durations change their unit at a second', () => {
    expect(us.duration(0)).toBe('0');
    expect(us.duration(842.4)).toBe('842ms');
    expect(us.duration(1840)).toBe('1.8s');
    expect(us.duration(61_400)).toBe('61s');
  });

  it('small shares keep a decimal', () => {
    expect(us.percent(0.0278)).toBe('2.8%');
    expect(us.percent(0.278)).toBe('28%');
  });

  it('numbers are written as the locale writes them', () => {
    expect(de.usd(1234.5)).toBe('1.234,50\u00a0$');
    expect(de.percent(0.0278)).toBe('2,8\u00a0%');
  });
});

describe('times', () => {
  const now = new Date(2026, 2, 5, 12, 0, 0).getTime();

  it('today is shown as the time alone', () => {
    expect(us.when(new Date(2026, 2, 5, 9, 8, 7).getTime() / 1000, now)).toMatch(/^09:08:07/);
  });

  it('another year is shown as well', () => {
    expect(us.when(new Date(2030, 0, 1).getTime() / 1000, now)).toContain('2030');
    expect(us.when(new Date(2026, 2, 4).getTime() / 1000, now)).not.toContain('2026');
  });

  it('another day is shown with its date', () => {
    expect(us.when(new Date(2026, 2, 4, 9, 8, 7).getTime() / 1000, now)).toContain('Mar 4');
  });

  it('a countdown rounds up and never goes below zero', () => {
    expect(us.countdown(41.2)).toBe('0:42');
    expect(us.countdown(725)).toBe('12:05');
    expect(us.countdown(-3)).toBe('0:00');
  });
});

describe('the change against the period before', () => {
  it('is a share of what was', () => {
    expect(change(120, 100)).toBeCloseTo(0.2);
    expect(change(50, 100)).toBeCloseTo(-0.5);
  });

  it('is unknown when either is, and when there was nothing', () => {
    expect(change(null, 100)).toBeNull();
    expect(change(100, undefined)).toBeNull();
    expect(change(5, 0)).toBeNull();
  });

  it('is none when there still is nothing', () => {
    expect(change(0, 0)).toBe(0);
  });
});
