import { describe, expect, it } from 'vitest';
import { Colours, hex, type Hue } from '../src/charts/colours';
import { compared, isEmpty, lines, places, sum, table } from '../src/charts/data';
import { labelled } from '../src/charts/draw';
import { csv } from '../src/lib/csv';
import type { Timeseries } from '../src/lib/types';

function series(groups: Record<string, (number | null)[]>, metric = 'requests'): Timeseries {
  const items = Object.entries(groups).map(([group, values]) => ({
    group: group === '' ? null : group,
    points: values.map((value, index) => ({ at: index * 60, value })),
  }));
  return { metric, group_by: 'backend', range: { name: null, from: 0, to: 120 }, step_s: 60, items, left_out: 0 };
}

const name = (group: string | null) => group ?? 'nobody';

describe('lines of a chart', () => {
  it('are one for each group, grey for what has none', () => {
    const found = lines(series({ a: [1, 2], '': [0, 1] }), new Colours(), name, 'Others');
    expect(found.map(({ label, hue, values }) => [label, hue, values])).toEqual([
      ['a', 'blue', [1, 2]],
      ['nobody', 'gray', [0, 1]],
    ]);
  });

  it('beyond the colours become one line that adds them up', () => {
    const many = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`g${index}`, [index, null]]));
    const found = lines(series(many), new Colours(), name, 'Others');
    expect(found).toHaveLength(7);
    expect(found.at(-1)).toMatchObject({ label: 'Others', values: [6 + 7 + 8 + 9, null] });
  });

  it('keep their colour when their order changes, and mean something where that is known', () => {
    const colours = new Colours();
    const before = ['x', 'y'].map((key) => colours.of(key));
    expect([colours.of('y'), colours.of('x')]).toEqual(before.reverse());
    expect(colours.of('failed')).toBe('red');
    expect(colours.of('refused'), 'it is no success').toBe('maroon');
  });

  it('are compared with the period before at the same distance from the end', () => {
    expect(compared(series({ '': [9, 1, 2] }), 'before', 2)).toMatchObject({ values: [1, 2], dashed: true });
  });

  it('say when there is nothing to see', () => {
    const where = places(series({ a: [0, null] }), (at, step) => `${at}/${step}`, String);
    expect(where).toEqual({ places: ['0/60', '60/60'], labels: ['0', '60'], keys: ['1970-01-01T00:00:00.000Z', '1970-01-01T00:01:00.000Z'] });
    const figure = (values: (number | null)[], dashed = false) => ({ ...where, lines: [{ key: 'a', label: 'a', hue: 'blue' as const, values, dashed }] });
    expect([isEmpty(figure([0, null])), isEmpty(figure([0, 3])), isEmpty(figure([3, 3], true))]).toEqual([true, false, true]);
  });

  it('add up what is known', () => {
    expect([sum([1, null, 2]), sum([null]), sum([])]).toEqual([3, null, null]);
  });
});

describe('colours', () => {
  const hues: Hue[] = ['blue', 'violet', 'cyan', 'amber', 'pink', 'green', 'lime', 'red', 'gray'];

  function luminance(colour: string): number {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  it.each([
    ['#ffffff', false],
    ['#171717', true],
    ['#000000', true],
  ] as const)('stand out from %s by 3 to 1', (background, dark) => {
    for (const hue of hues) {
      const [light, low] = [luminance(hex(hue, dark)), luminance(background)].sort((a, b) => b - a) as [number, number];
      expect((light + 0.05) / (low + 0.05), hue).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('a table as a file', () => {
  it('has times that programs read, whatever the chart calls them', () => {
    const figure = { places: ['Mon', 'Tue'], labels: ['M', 'T'], lines: [{ key: 'a', label: 'A', hue: 'gray' as const, values: [1, null] }] };
    expect(table(figure, 'Time')).toEqual([['Time', 'A'], ['Mon', 1], ['Tue', null]]);
    expect(table({ ...figure, keys: ['2026-01-05', '2026-01-06'] }, 'Time').map((row) => row[0])).toEqual(['Time', '2026-01-05', '2026-01-06']);
  });

  it('quotes what must be quoted, leaves unknown cells empty, and is no formula', () => {
    expect(csv([['a,b', 'say "x"', null, 1.5], ['=1+1', '-2', 'line\nbreak', 0]])).toBe(
      '"a,b","say ""x""",,1.5\r\n\'=1+1,\'-2,"line\nbreak",0\r\n',
    );
  });
});

describe('labels below an axis', () => {
  const labels = (count: number, letters: number) => Array.from({ length: count }, () => 'x'.repeat(letters));

  it('are all there while they are few, then three', () => {
    expect([...labelled(labels(5, 5), 600)]).toEqual([0, 1, 2, 3, 4]);
    expect([...labelled(labels(60, 8), 600)]).toEqual([0, 29, 59]);
  });

  it('never run into each other in a narrow window', () => {
    expect([...labelled(labels(60, 16), 290)]).toEqual([0, 59]);
    expect([...labelled(labels(7, 10), 290)]).toEqual([0, 3, 6]);
  });
});
