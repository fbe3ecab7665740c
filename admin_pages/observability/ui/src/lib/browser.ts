import { Api } from './api';

/** The signed-in user's token, where Open WebUI keeps it. */
function token(): string | null {
  try {
    return localStorage.getItem('token');
  } catch {
    return null;
  }
}

let leaving = false;

function signIn(): void {
  // Several calls may fail at once; the first one takes the user away.
  if (leaving) return;
  leaving = true;
  const back = location.pathname + location.search;
  location.assign(`/auth?redirect=${encodeURIComponent(back)}`);
}

export const browserApi = () =>
  new Api({
    fetch: (input, init) => fetch(input, init),
    token,
    signIn,
    now: () => Date.now(),
    // It sends no header, but the cookie that Open WebUI gave this browser.
    stream: typeof EventSource === 'undefined' ? undefined : (path) => new EventSource(path),
  });
