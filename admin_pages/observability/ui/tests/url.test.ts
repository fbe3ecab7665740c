import { describe, expect, it } from 'vitest';
import { DEFAULT_VIEW, formatView, hasFilters, parseView, type View } from '../src/lib/url';

describe('the address', () => {
  it('is empty for the default view', () => {
    expect(formatView(DEFAULT_VIEW)).toBe('');
    expect(parseView('')).toEqual(DEFAULT_VIEW);
  });

  it('carries every part of the view there and back', () => {
    const view: View = {
      section: 'requests', range: '7d', from: null, to: null, by: 'backend', request: 'a/b c', q: 'x&y=ü', backend: 'meta/llama:3b', intent: 'coding',
      complexity: 'hard', outcome: 'failed', error: 'overloaded', user: 'u-1', reason: 'cheapest', show: 'all', unknown: [],
    };
    expect(parseView(formatView(view))).toEqual(view);
    const own: View = { ...view, range: '24h', from: 100, to: 200.5 };
    expect(parseView(formatView(own))).toEqual(own);
  });

  it('has a time of its own only with both ends, in order', () => {
    for (const search of ['?from=5', '?to=5', '?from=9&to=5', '?from=x&to=9', '?from=1&to=1e300']) {
      expect(parseView(search)).toEqual(DEFAULT_VIEW);
    }
  });

  it('carries filters only where they filter, and leads to the log when it has some', () => {
    const view: View = { ...DEFAULT_VIEW, outcome: 'failed' };
    expect(formatView(view)).toBe('');
    expect(formatView({ ...view, section: 'requests' })).toBe('?section=requests&outcome=failed');
    expect(parseView('?outcome=failed').section).toBe('requests');
  });

  it('falls back to the default for what it does not know', () => {
    expect(parseView('?range=2y&section=secrets&show=none')).toEqual(DEFAULT_VIEW);
  });

  it('leaves out filters that the server would refuse, and remembers them', () => {
    const view = parseView('?intent=nonsense&complexity=constructor&outcome=failed&q=' + 'x'.repeat(300));
    expect(view.unknown).toEqual([{ key: 'intent', value: 'nonsense' }, { key: 'complexity', value: 'constructor' }]);
    expect([view.intent, view.complexity, view.outcome, view.q.length]).toEqual(['', '', 'failed', 200]);
    expect(parseView('?outcome=nonsense').section).toBe('requests');
    expect(parseView('?reason=of-another-release&error=own&backend=b&user=u').unknown).toEqual([]);
  });

  it('leaves alone what is not its own', () => {
    expect(formatView({ ...DEFAULT_VIEW, range: '1h' }, '?lang=de&request=old')).toBe('?lang=de&range=1h');
  });
});

describe('filters', () => {
  it('are noticed, whichever is set', () => {
    expect(hasFilters(DEFAULT_VIEW)).toBe(false);
    const elsewhere: View = { ...DEFAULT_VIEW, range: '90d', section: 'access' };
    expect(hasFilters(elsewhere)).toBe(false);
    expect(hasFilters({ ...DEFAULT_VIEW, show: 'tasks' })).toBe(true);
    expect(hasFilters({ ...DEFAULT_VIEW, q: 'x' })).toBe(true);
  });
});
