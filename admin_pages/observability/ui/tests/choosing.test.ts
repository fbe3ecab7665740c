import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import App from '../src/App.svelte';
import { t } from '../src/lib/texts';
import { fakePage } from './helpers';

function open(address: string, ...args: Parameters<typeof fakePage>) {
  history.replaceState(null, '', `/admin/observability${address}`);
  const { page, calls } = fakePage(...args);
  render(App, { page });
  return { page, calls, user: userEvent.setup(), asked: () => calls.filter((call) => call.path === '/explain') };
}

describe('the playground', () => {
  it('asks once for what was typed, and shows the choice with every factor', async () => {
    const { user, asked } = open('?section=playground');
    await user.type(screen.getByTestId('playground-text'), 'What is 2 + 2?');
    expect((await screen.findByTestId('playground-chosen')).textContent).toContain('llama3.2:3b');
    expect(asked()).toHaveLength(1);
    expect(asked()[0]?.body).toEqual({ model: 'smart_router.auto', messages: [{ role: 'user', content: 'What is 2 + 2?' }] });
    const candidate = screen.getAllByTestId('candidate')[1]!;
    for (const factor of Object.values(t.factors)) expect(candidate.textContent).toContain(factor);
  });

  it('keeps what is typed out of the address', async () => {
    const { user } = open('?section=playground');
    await user.click(screen.getAllByTestId('playground-example')[0]!);
    await screen.findByTestId('playground-chosen');
    expect(location.search).toBe('?section=playground');
  });

  it('keeps what is typed while another section is looked at, and asks again', async () => {
    const { user, asked } = open('?section=playground');
    await user.click(screen.getAllByTestId('playground-example')[0]!);
    await screen.findByTestId('playground-chosen');
    await user.click(screen.getByTestId('section-access'));
    await user.click(screen.getByTestId('section-playground'));
    expect(screen.getByTestId<HTMLTextAreaElement>('playground-text').value).toBe(t.playground.tries[0]);
    expect(await screen.findByTestId('playground-chosen')).toBeTruthy();
    expect(asked()).toHaveLength(2);
  });

  it('asks nothing about nothing', async () => {
    const { user, asked } = open('?section=playground');
    await user.type(screen.getByTestId('playground-text'), '   ');
    await user.click(screen.getByTestId('playground-clear'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(asked()).toEqual([]);
  });

  it('says why when no model could take it, and when nobody answers', async () => {
    const refused = { signals: {}, intent: 'chat', complexity: 'simple', p_hard: 0, confidence: 1, evidence: [], strategy: 'balanced', arm: null, chosen: null, candidates: [], parameters: {}, sentence: 'None can see images.' };
    let broken = true;
    const { user } = open('?section=playground', '', (call) =>
      call.path === '/explain' ? (broken ? { status: 503, body: { detail: 'Smart is starting.' } } : { body: refused }) : undefined,
    );
    await user.type(screen.getByTestId('playground-text'), 'Look at this');
    expect((await screen.findByTestId('failure')).textContent).toContain('Smart is starting.');
    broken = false;
    await user.click(screen.getByTestId('retry'));
    expect((await screen.findByTestId('playground-chosen')).textContent).toBe(t.playground.nobody);
    expect(screen.getByTestId('playground-sentence').textContent).toBe('None can see images.');
  });
});

describe('the catalog', () => {
  it('marks what is guessed, and only that', async () => {
    open('?section=models');
    const models = await screen.findAllByTestId('model');
    const guesses = new Map(models.map((model) => [model.dataset.model, within(model).queryAllByTestId('guessed').length]));
    expect(guesses.get('gpt-5')).toBe(0);
    expect(guesses.get('openrouter/anthropic/claude-sonnet-4.5')).toBe(2);
    expect(screen.getByText(t.models.legend)).toBeTruthy();
  });

  it('opens a model to all that is known of it', async () => {
    const { user } = open('?section=models');
    await user.click((await screen.findAllByTestId('model-open'))[0]!);
    const details = screen.getByTestId('model-details').textContent ?? '';
    for (const said of ['Ollama', 'Q4_K_M', '8,192 tokens', 'estimated from its size', 'Coding']) expect(details).toContain(said);
  });

  it('says where models come from when there are none', async () => {
    open('?section=models', 'empty');
    expect((await screen.findByTestId('models-empty')).textContent).toContain(t.models.noneHint);
  });

  it('shows hostile names as text', async () => {
    open('?section=models', 'hostile');
    expect((await screen.findAllByTestId('model'))[0]?.textContent).toContain('<script>');
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});
