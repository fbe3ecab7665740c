import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import App from '../src/App.svelte';
import { t } from '../src/lib/texts';
import { fakePage } from './helpers';

/** The page at an address, on a server that refuses what it does not know, as the real one does. */
function open(address: string) {
  history.replaceState(null, '', `/admin/observability${address}`);
  const { page, calls } = fakePage('', (call) => (call.query.get('intent') === 'nonsense' ? { status: 422, body: { detail: 'Input should be …' } } : undefined));
  render(App, { page });
  return { page, user: userEvent.setup(), asked: () => calls.filter((call) => call.path === '/requests').map((call) => call.query.get('intent')) };
}

describe('a shared address with a filter that there is not', () => {
  it('shows the log without it, says so, and stays up to date', async () => {
    const { page, asked } = open('?intent=nonsense&outcome=ok');
    expect((await screen.findByTestId('unknown-filters')).textContent).toContain(t.log.filters.unknown('Intent', 'nonsense'));
    expect(await screen.findByTestId('log-end')).toBeTruthy();
    expect(asked().every((intent) => !intent)).toBe(true);
    expect(page.failing).toBe(false);
    expect(page.view.outcome).toBe('ok');
    expect(screen.queryByTestId('failure')).toBeNull();
  });

  it('loses it with one click, and keeps the other filters', async () => {
    const { page, user } = open('?intent=nonsense&outcome=ok');
    await user.click(await screen.findByTestId('unknown-clear'));
    expect(screen.queryByTestId('unknown-filters')).toBeNull();
    expect([location.search, page.view.outcome]).toEqual(['?outcome=ok&section=requests', 'ok']);
  });
});
