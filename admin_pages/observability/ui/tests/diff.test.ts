import { describe, expect, it } from 'vitest';
import { diff, hunks } from '../src/lib/diff';

const said = (older: string, newer: string) =>
  diff(older, newer).map((line) => `${{ same: ' ', added: '+', removed: '-' }[line.kind]}${line.text}`);

describe('the difference of two texts', () => {
  it('is told line by line', () => {
    expect(said('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d']);
  });

  it('keeps what moved together, and repeated lines apart', () => {
    expect(said('a\na\nb\n', 'a\nb\na\nb\n').filter((line) => line[0] !== ' ')).toHaveLength(1);
  });

  it('knows empty texts, and does not count the last line break', () => {
    expect(said('', '')).toEqual([]);
    expect(said('', 'a\n')).toEqual(['+a']);
    expect(said('a\n', '')).toEqual(['-a']);
    expect(said('a', 'a\n')).toEqual([' a']);
  });

  it('numbers the lines of either text', () => {
    const numbers = diff('a\nb\nc', 'a\nc').map((line) => [line.before, line.after]);
    expect(numbers).toEqual([[1, 1], [2, null], [3, 2]]);
  });

  it('leads from one text to the other, whatever they are', () => {
    const texts = Array.from({ length: 30 }, (_, seed) => Array.from({ length: 12 }, (_, line) => 'abcd'[(seed * 7 + line * (seed + 3)) % 4]).join('\n'));
    for (const [index, older] of texts.entries()) {
      const newer = texts[(index + 11) % texts.length] ?? '';
      const lines = diff(older, newer);
      expect(lines.filter((line) => line.kind !== 'added').map((line) => line.text).join('\n')).toBe(older);
      expect(lines.filter((line) => line.kind !== 'removed').map((line) => line.text).join('\n')).toBe(newer);
    }
  });
});

describe('what is shown of it', () => {
  it('is what changed with a few lines around it', () => {
    const older = Array.from({ length: 30 }, (_, line) => `line ${line}`);
    const newer = [...older];
    newer[10] = 'other';
    newer[25] = 'other';
    const shown = hunks(diff(older.join('\n'), newer.join('\n')), 2);
    expect(shown.filter((line) => line === null)).toHaveLength(1);
    expect(shown).toHaveLength(2 * (2 + 2 + 2) + 1);
    expect(hunks(diff('a\nb', 'a\nb'))).toEqual([]);
  });
});
