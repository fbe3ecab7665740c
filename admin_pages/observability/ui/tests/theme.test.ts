import { describe, expect, it } from 'vitest';
import { applyTheme } from '../src/lib/theme';

describe('the theme of Open WebUI', () => {
  it.each([
    ['system', true, ['dark']],
    ['system', false, ['light']],
    ['light', true, ['light']],
    ['dark', false, ['dark']],
    ['oled-dark', false, ['dark', 'oled']],
    ['her', true, ['her']],
  ])('%s with a system that is dark: %s', (theme, dark, classes) => {
    const root = document.createElement('html');
    root.className = 'dark light her oled';
    applyTheme(theme, dark, root);
    expect([...root.classList].sort()).toEqual(classes);
  });
});
