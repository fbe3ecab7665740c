/**
 * Open WebUI's theme, kept in localStorage.theme: system, light, dark, oled-dark, her.
 * index.html sets the classes before the first paint; this keeps them right afterwards.
 */
export function applyTheme(theme: string, systemIsDark: boolean, root: HTMLElement): void {
  const dark = theme === 'system' ? systemIsDark : theme !== 'light' && theme !== 'her';
  root.classList.toggle('dark', dark);
  root.classList.toggle('light', !dark && theme !== 'her');
  root.classList.toggle('her', theme === 'her');
  root.classList.toggle('oled', theme === 'oled-dark');
}

/** Follows the system, and a change that another tab of Open WebUI makes. */
export function followTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => applyTheme(readTheme(), system.matches, document.documentElement);
  system.addEventListener('change', apply);
  addEventListener('storage', (event) => {
    if (event.key === 'theme') apply();
  });
}

function readTheme(): string {
  try {
    return localStorage.getItem('theme') || 'system';
  } catch {
    return 'system';
  }
}
