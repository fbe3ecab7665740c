type Drawer = typeof import('./draw');

let loading: Promise<Drawer> | null = null;

/** The part of the page that draws, Chart.js included. It is run only when the first chart is shown. */
export function loadDraw(): Promise<Drawer> {
  loading ??= import('./draw').catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}
