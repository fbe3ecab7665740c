export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** The number of the line in the older text and in the newer one. */
  before: number | null;
  after: number | null;
}

/** Texts with more different lines than this are shown as one removed and one added block. */
const MOST = 2000;

/** Line by line from one text to another, by the longest common subsequence. */
export function diff(older: string, newer: string): DiffLine[] {
  const [a, b] = [linesOf(older), linesOf(newer)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const kinds = [
    ...Array<DiffLine['kind']>(start).fill('same'),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...Array<DiffLine['kind']>(end).fill('same'),
  ];
  let [i, j] = [0, 0];
  return kinds.map((kind): DiffLine => {
    if (kind === 'removed') return { kind, text: a[i] ?? '', before: ++i, after: null };
    if (kind === 'added') return { kind, text: b[j] ?? '', before: null, after: ++j };
    return { kind, text: b[j] ?? '', before: ++i, after: ++j };
  });
}

/** Only what changed, with a few lines around it; null stands for lines left out. */
export function hunks(lines: readonly DiffLine[], around = 3): (DiffLine | null)[] {
  const near = lines.map((_, index) => lines.slice(Math.max(0, index - around), index + around + 1).some((line) => line.kind !== 'same'));
  const found: (DiffLine | null)[] = [];
  lines.forEach((line, index) => {
    if (near[index]) found.push(line);
    else if (found.length && found.at(-1) !== null) found.push(null);
  });
  if (found.at(-1) === null) found.pop();
  return found;
}

function middle(a: readonly string[], b: readonly string[]): DiffLine['kind'][] {
  const all = [...Array<DiffLine['kind']>(a.length).fill('removed'), ...Array<DiffLine['kind']>(b.length).fill('added')];
  if (!a.length || !b.length || a.length > MOST || b.length > MOST) return all;
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const kinds: DiffLine['kind'][] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      kinds.push('same');
      i++;
      j++;
    } else if (j === b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      kinds.push('removed');
      i++;
    } else {
      kinds.push('added');
      j++;
    }
  }
  return kinds;
}

/** A text that ends with a line break has no empty line after it. */
function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}
