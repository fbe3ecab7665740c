import { describe, expect, it } from 'vitest';
import { DEFAULT_VIEW, formatView, hasFilters, parseView, type View } from '../src/lib/url';

describe('the address', () => {
  it('is empty for the default view', () => {
    expect(formatView(DEFAULT_VIEW)).toBe('');
    expect(parseView('')).toEqual(DEFAULT_VIEW);
  });

  it('carries every part of the view there and back', () => {
    const view: View = { section: 'registry', range: '7d', request: 'a/b c', q: 'x&y=ü', backend: 'meta/llama:3b', intent: 'coding', complexity: 'hard', outcome: 'failed', show: 'all' };
    expect(parseView(formatView(view))).toEqual(view);
  });

  it('falls back to the default for what it does not know', () => {
    expect(parseView('?range=2y&section=secrets&show=none')).toEqual(DEFAULT_VIEW);
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
