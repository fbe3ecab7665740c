import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import App from '../src/App.svelte';
import { t } from '../src/lib/texts';
import type { RequestRecord } from '../src/lib/types';
import { fakePage, record } from './helpers';

const NASTY = '<img src=x onerror="alert(1)"><b>bold</b>';

const failedOver: Partial<RequestRecord> = {
  outcome: 'fallback',
  backend: 'second',
  sentence: 'first was over its rate limit, so second answered.',
  evidence: ['fenced Python'],
  signals: { images: 0, turns: 4, json_mode: false, sensitive_kinds: ['iban'] },
  rating: -1,
  cost_usd: 0.0123,
  attempts: [
    { backend: 'first', connection: null, purpose: 'answer', started_at: 1000, first_token_ms: null, duration_ms: 200, status: 429, error_kind: 'rate_limited', error: 'slow down', input_tokens: null, output_tokens: null, cost_usd: null },
    { backend: 'second', connection: null, purpose: 'fallback', started_at: 1000.2, first_token_ms: 300, duration_ms: 800, status: 200, error_kind: null, error: null, input_tokens: 10, output_tokens: 20, cost_usd: 0.0123 },
  ],
  ranking: [
    { backend: 'first', score: 0.9, factors: { quality: 0.8, cost: 0.5 }, excluded: null },
    { backend: 'second', score: 0.7, factors: { quality: 1.4, cost: null }, excluded: null },
    { backend: 'third', score: 0, factors: {}, excluded: 'breaker_open' },
    { backend: 'fourth', score: 0, factors: {}, excluded: 'context', sentence: 'Reads 4096 tokens only.' },
  ],
};

function open(more: Partial<RequestRecord>, address = '?request=r/1') {
  history.replaceState(null, '', `/admin/observability${address}`);
  const { page, calls } = fakePage('', ({ path }) =>
    path.startsWith('/requests/') ? { body: record('r/1', 1000, more) } : undefined,
  );
  render(App, { page });
  return { page, calls, user: userEvent.setup() };
}

describe('the detail view', () => {
  it('opens by its address and explains itself', async () => {
    const { calls } = open(failedOver);
    expect((await screen.findByTestId('detail-sentence')).textContent).toBe(failedOver.sentence);
    expect(calls.map((call) => call.path)).toContain('/requests/r%2F1');
    const attempts = screen.getAllByTestId('attempt');
    expect(attempts.map((attempt) => attempt.dataset.backend)).toEqual(['first', 'second']);
    expect(attempts[0]?.textContent).toContain('rate limited');
    expect(attempts[0]?.textContent).toContain('slow down');
  });

  it('ranks the candidates, and says in words why others were not considered', async () => {
    open(failedOver);
    await screen.findByTestId('detail-ranking');
    expect(screen.getAllByTestId('candidate').map((item) => item.dataset.backend)).toEqual(['first', 'second']);
    const [third, fourth] = screen.getAllByTestId('excluded');
    expect(third?.textContent).toContain(t.excluded.breaker_open);
    expect(fourth?.textContent).toContain('Reads 4096 tokens only.');
  });

  it('says first what became of the decision, and marks who failed and who answered', async () => {
    open(failedOver);
    expect((await screen.findByTestId('detail-became')).textContent).toBe(t.detail.rescued('first', 'second'));
    const [first, second] = screen.getAllByTestId('candidate');
    expect(first?.textContent).toContain(t.detail.failed);
    expect(second?.textContent).toContain(t.detail.answered);
  });

  it('says of nobody that they answered when all failed', async () => {
    const attempts = failedOver.attempts!.map((attempt) => ({ ...attempt, error_kind: 'overloaded' }));
    open({ ...failedOver, outcome: 'failed', attempts });
    expect((await screen.findByTestId('detail-became')).textContent).toBe(t.detail.nobody('first and second'));
    for (const candidate of screen.getAllByTestId('candidate')) {
      expect(candidate.textContent).toContain(t.detail.failed);
      expect(candidate.textContent).not.toContain(t.detail.answered);
    }
    expect(screen.getByTestId('detail-facts').textContent).toContain(t.detail.triedLast);
  });

  it('says nothing of that where the first one answered', async () => {
    open({ ...failedOver, outcome: 'ok', attempts: failedOver.attempts!.slice(1) });
    await screen.findByTestId('detail-ranking');
    expect(screen.queryByTestId('detail-became')).toBeNull();
  });

  it('draws no bar beyond its room, and none for an unknown factor', async () => {
    open(failedOver);
    const second = (await screen.findAllByTestId('candidate'))[1] as HTMLElement;
    const bars = [...second.querySelectorAll<HTMLElement>('[style]')].map((bar) => bar.style.width);
    expect(bars).toEqual(['100%', '0%']);
    expect(second.textContent).toContain('—');
  });

  it('names the signals that are there and leaves out those that are not', async () => {
    open(failedOver);
    const signals = await screen.findByTestId('detail-signals');
    expect(signals.textContent).toContain('iban');
    expect(signals.textContent).toContain('fenced Python');
    expect(signals.textContent).not.toContain(t.signals.images);
    expect(signals.textContent).not.toContain(t.signals.json_mode);
  });

  it('tells a second opinion in its sentence, beside the call that was made for it', async () => {
    const opinion = { ...failedOver.attempts![1]!, backend: 'small', purpose: 'second_opinion' };
    const sentence = 'small says hard coding; the classifier said simple chat.';
    open({ signals: { second_opinion: { model: 'small', result: 'differs', sentence } }, attempts: [opinion] });
    const signals = await screen.findByTestId('detail-signals');
    expect(signals.textContent).toContain(t.signals.second_opinion);
    expect(signals.textContent).toContain(sentence);
    expect(signals.textContent).not.toContain('differs');
    expect(screen.getByTestId('attempt').textContent).toContain(t.purposes.second_opinion);
  });

  it('shows rating and cost', async () => {
    open(failedOver);
    expect((await screen.findByTestId('detail-facts')).textContent).toContain(t.detail.ratingDown);
    expect(screen.getByTestId('detail-money').textContent).toContain('0.01');
  });

  it('shows hostile content as text', async () => {
    open({ sentence: NASTY, backend: NASTY, evidence: [NASTY], prompt: NASTY, signals: { [NASTY]: NASTY }, user_name: NASTY, attempts: [{ ...failedOver.attempts![0]!, backend: NASTY, error: NASTY }], ranking: [{ backend: NASTY, score: 1, factors: { [NASTY]: 1 }, excluded: null }] });
    expect((await screen.findByTestId('detail-sentence')).textContent).toBe(NASTY);
    const detail = screen.getByTestId('detail');
    expect(detail.querySelector('img, b')).toBeNull();
    expect(detail.textContent?.split(NASTY).length).toBeGreaterThan(8);
  });

  it('closes with the button and with Escape, and leaves the address', async () => {
    const { user, page } = open(failedOver);
    await user.click(await screen.findByTestId('dialog-close'));
    expect([screen.queryByTestId('detail'), location.search]).toEqual([null, '']);
    page.go({ request: 'r/1' }, true);
    const again = await screen.findByTestId('detail');
    // What the browser makes of Escape in a modal dialog.
    again.dispatchEvent(new Event('cancel', { cancelable: true }));
    await waitFor(() => expect(screen.queryByTestId('detail')).toBeNull());
  });

  it('opens from a row, keeps Tab inside, and gives the focus back', async () => {
    const { user } = open(failedOver, '?range=90d');
    const opener = within((await screen.findAllByTestId('log-row'))[2] as HTMLElement).getByRole('button');
    await user.click(opener);
    expect(location.search).toContain('request=');
    const close = await screen.findByTestId('dialog-close');
    close.focus();
    await user.tab();
    expect(document.activeElement).toBe(close);
    await user.tab({ shift: true });
    expect(document.activeElement).toBe(close);
    await user.click(close);
    await waitFor(() => expect(document.activeElement).toBe(opener));
  });

  it('says when the record is not stored any more', async () => {
    history.replaceState(null, '', '/admin/observability?request=none');
    render(App, { page: fakePage().page });
    expect(await screen.findByTestId('detail-gone')).toBeTruthy();
  });
});
