import { describe, expect, it } from 'vitest';
import { breakerReason, t, word } from '../src/lib/texts';

describe('words for codes', () => {
  it('are shown for those that are known, and the code itself for others', () => {
    expect(word(t.errorKinds, 'rate_limited')).toBe('rate limited');
    expect(word(t.errorKinds, 'brand_new_kind')).toBe('brand new kind');
    expect(word(t.errorKinds, 'Model my_model is gone')).toBe('Model my_model is gone');
    expect(word(t.errorKinds, 'constructor')).toBe('constructor');
  });

  it('are put into a circuit breaker’s reason, whose count is said elsewhere', () => {
    expect(breakerReason('5 failures in a row, rate_limited: Slow down.')).toBe('rate limited: Slow down.');
    expect(breakerReason('timeout_idle')).toBe('stalled');
    expect(breakerReason('6 of the last 10 failed, server_error: my_model broke')).toBe('6 of the last 10 failed, server error: my_model broke');
    expect(breakerReason('reset by an administrator')).toBe('reset by an administrator');
  });
});
