/** Colours that differ in hue and lightness, each with a contrast of 3 to 1 and more on its background. */
const LIGHT = { blue: '#2f66d0', violet: '#7c3aed', cyan: '#0e7490', amber: '#b45309', pink: '#db2777', green: '#15803d', lime: '#4d7c0f', red: '#dc2626', maroon: '#7f1d1d', gray: '#7d7d7d' };
const DARK: Record<Hue, string> = { blue: '#5b8def', violet: '#a78bfa', cyan: '#22d3ee', amber: '#fbbf24', pink: '#f472b6', green: '#4ade80', lime: '#a3e635', red: '#f87171', maroon: '#fecdd3', gray: '#9b9b9b' };

export type Hue = keyof typeof LIGHT;

/** Reds are left to what went wrong, grey to what is left over. */
const ORDER: readonly Hue[] = ['blue', 'amber', 'cyan', 'violet', 'pink', 'green', 'lime'];
export const MOST_HUES = ORDER.length;

const MEANT: Record<string, Hue> = {
  ok: 'blue', cached: 'cyan', fallback: 'amber', escalated: 'violet', continued: 'pink', failed: 'red', refused: 'maroon', stopped: 'gray',
  simple: 'cyan', medium: 'blue', hard: 'violet',
};

export const hex = (hue: Hue, dark: boolean): string => (dark ? DARK : LIGHT)[hue];

/** Remembers which group has which colour, so that it keeps it when the order of groups changes. */
export class Colours {
  private readonly given = new Map<string, Hue>();

  of(key: string): Hue {
    const meant = MEANT[key];
    if (meant) return meant;
    let hue = this.given.get(key);
    if (!hue) {
      hue = ORDER[this.given.size % ORDER.length] ?? 'blue';
      this.given.set(key, hue);
    }
    return hue;
  }
}
