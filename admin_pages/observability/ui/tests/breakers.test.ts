import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import BreakerPanel from '../src/components/BreakerPanel.svelte';
import Countdown from '../src/components/Countdown.svelte';
import Toaster from '../src/components/Toaster.svelte';
import { t } from '../src/lib/texts';
import type { Breaker } from '../src/lib/types';
import { fakePage, type Call } from './helpers';

afterEach(() => void vi.useRealTimers());

const closed = (id: string, more: Partial<Breaker> = {}): Breaker => ({
  id, kind: 'backend', state: 'closed', consecutive_failures: 0, error_rate: 0, opened_at: null, retry_at: null, reason: null, trips: 0, ...more,
});

async function open(override?: (call: Call) => { status?: number; body?: unknown } | undefined) {
  const { page, calls } = fakePage('', override);
  await page.breakers.load();
  render(BreakerPanel, { page });
  render(Toaster, { toasts: page.toasts });
  return { page, calls, user: userEvent.setup(), row: (id: string) => screen.getAllByTestId('breaker-row').find((r) => r.dataset.breaker === id) as HTMLElement };
}

const listed = (items: Breaker[]) => (call: Call) =>
  call.path === '/circuit-breakers' ? { body: { items, next_cursor: null } } : undefined;

describe('circuit breakers', () => {
  it('are listed with the troubled ones first, their counts and their reason', async () => {
    const { row } = await open();
    expect(screen.getAllByTestId('breaker-row').map((r) => r.dataset.state)).toEqual(['open', 'half_open', 'closed', 'closed', 'closed']);
    expect(row('gpt-5').textContent).toContain('5 failures in a row');
    expect(row('gpt-5').textContent).toContain('rate limited');
    expect(within(row('gpt-5')).getByTestId('countdown').textContent).toMatch(/0:4\d/);
  });

  it('offer no reset where there is nothing to reset', async () => {
    const { row } = await open();
    expect(within(row('llama3.2:3b')).getByTestId<HTMLButtonElement>('breaker-reset').disabled).toBe(true);
    expect(within(row('gpt-5-mini')).getByTestId<HTMLButtonElement>('breaker-reset').disabled).toBe(false);
  });

  it('are reset one by one, after a question, with a visible result', async () => {
    const { calls, user, row } = await open();
    await user.click(within(row('gpt-5')).getByTestId('breaker-reset'));
    expect(calls.some((call) => call.method === 'POST')).toBe(false);
    await user.click(screen.getByTestId('confirm-ok'));
    await waitFor(() => expect(row('gpt-5').dataset.state).toBe('closed'));
    expect(screen.getByTestId('toast').textContent).toContain(t.breakers.done('gpt-5'));
    expect(screen.queryByTestId('confirm')).toBeNull();
  });

  it('are left alone when the question is answered with Cancel', async () => {
    const { calls, user, row } = await open();
    await user.click(within(row('gpt-5')).getByTestId('breaker-reset'));
    await user.click(screen.getByTestId('confirm-cancel'));
    expect([screen.queryByTestId('confirm'), calls.filter((call) => call.method === 'POST')]).toEqual([null, []]);
  });

  it('are reset all at once, after which there is nothing more to reset', async () => {
    const { user } = await open();
    await user.click(screen.getByTestId('breakers-reset-all'));
    await user.click(screen.getByTestId('confirm-ok'));
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('breakers-reset-all').disabled).toBe(true));
    expect(screen.getByTestId('breakers-note').textContent).toBe(t.breakers.allClosed(5));
  });

  it('say why when a reset fails, and stay as they are', async () => {
    const { user, row } = await open((call) => (call.method === 'POST' ? { status: 503, body: { detail: 'Redis is down.' } } : undefined));
    await user.click(within(row('gpt-5')).getByTestId('breaker-reset'));
    await user.click(screen.getByTestId('confirm-ok'));
    const toast = await screen.findByTestId('toast');
    expect([toast.dataset.kind, row('gpt-5').dataset.state]).toEqual(['error', 'open']);
    expect(toast.textContent).toContain('Redis is down.');
  });

  it('show every troubled one, and a few healthy ones until asked for all', async () => {
    const { user } = await open(listed([...Array(20)].map((_, n) => closed(`m${n}`, n < 8 ? { state: 'open' } : {}))));
    expect(screen.getAllByTestId('breaker-row')).toHaveLength(8);
    await user.click(screen.getByText(t.breakers.showAll(20)));
    expect(screen.getAllByTestId('breaker-row')).toHaveLength(20);
  });

  it('keep a backend and a connection of the same id apart', async () => {
    await open(listed([closed('x'), closed('x', { kind: 'connection' })]));
    expect(screen.getAllByTestId('breaker-row')).toHaveLength(2);
  });

  it('may not be there yet', async () => {
    await open(listed([]));
    expect(screen.getByTestId('breakers-empty').textContent).toBe(t.breakers.none);
    expect(screen.getByTestId<HTMLButtonElement>('breakers-reset-all').disabled).toBe(true);
  });
});

describe('the countdown', () => {
  it('ticks, by the clock of the server, until the next try', async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    // The server is at 1 090 s and will try again at 1 092 s.
    render(Countdown, { until: 1092, skewS: 90 });
    const text = () => screen.getByTestId('countdown').textContent?.trim();
    expect(text()).toBe(t.breakers.retryIn('0:02'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(text()).toBe(t.breakers.retryIn('0:01'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(text()).toBe(t.breakers.retryNow);
  });

  it('of a pause that the provider asked for is gone when the pause is over', async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    render(Countdown, { until: 1001, skewS: 0, pause: true });
    expect(screen.getByTestId('countdown').textContent?.trim()).toBe(t.breakers.pausedFor('0:01'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(screen.queryByTestId('countdown')).toBeNull();
  });
});
