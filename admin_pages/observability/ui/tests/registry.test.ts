import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import App from '../src/App.svelte';
import RegistryPanel from '../src/components/registry/RegistryPanel.svelte';
import Toaster from '../src/components/Toaster.svelte';
import { t } from '../src/lib/texts';
import { fakePage } from './helpers';

async function open(...args: Parameters<typeof fakePage>) {
  const { page, calls } = fakePage(...args);
  await page.registry.load();
  render(RegistryPanel, { page });
  render(Toaster, { toasts: page.toasts });
  const area = screen.getByTestId<HTMLTextAreaElement>('registry-text');
  const user = userEvent.setup();
  const write = async (text: string) => {
    await user.clear(area);
    await user.click(area);
    await user.paste(text);
  };
  return { page, calls, user, area, write, puts: () => calls.filter((call) => call.method === 'PUT') };
}

const button = (id: string) => screen.getByTestId<HTMLButtonElement>(id);

describe('the registry', () => {
  it('shows version, who saved it, its text and its warnings', async () => {
    const { area } = await open();
    await waitFor(() => expect(screen.getByTestId('registry-state').textContent).toContain('Ada Lovelace'));
    expect(screen.getByTestId('registry-state').textContent).toContain('Version 3');
    expect(area.value).toContain('baseline: gpt-5');
    expect(screen.getByTestId('registry-warning').textContent).toContain('gpt-5-nano');
    expect(button('registry-save').disabled).toBe(true);
  });

  it('says that Smart works without one', async () => {
    await open('empty');
    expect(screen.getByTestId('registry-state').textContent).toBe(t.registry.none);
    expect(screen.getByText(t.registry.noneHint)).toBeTruthy();
  });

  it('shows errors at their line, and leads there', async () => {
    const { user, area, write } = await open();
    await write('a: 1\nqualty: 2\n');
    await user.click(button('registry-validate'));
    const issue = await screen.findByTestId('line-issue');
    expect([issue.dataset.line, issue.textContent]).toEqual(['2', 'unknown key; did you mean quality?']);
    await user.click(screen.getByTestId('registry-error').querySelector('button')!);
    expect([document.activeElement, area.selectionStart]).toEqual([area, 5]);
  });

  it('shows an error behind the last line at that line, and that the version is not in use', async () => {
    const errors = [{ line: 3, column: 1, key: '', message: 'not valid YAML' }];
    const { user, area } = await open('', ({ path }) => (path === '/registry' ? { body: { text: 'a: 1\nb: [', version: 6, saved_at: 1, saved_by: null, errors } } : undefined));
    expect((await screen.findByTestId('line-issue')).dataset.line).toBe('2');
    expect(screen.getByTestId('registry-error').textContent).toContain(t.registry.line(2));
    await user.click(screen.getByTestId('registry-error').querySelector('button')!);
    expect([document.activeElement, area.selectionStart]).toEqual([area, area.value.length]);
    expect(screen.getByTestId('registry-state').textContent).toContain('not in use');
  });

  it('says when there are none', async () => {
    const { user, write } = await open();
    await write('a: 1\n');
    await user.click(button('registry-validate'));
    expect(await screen.findByText(t.registry.valid)).toBeTruthy();
  });

  it('is saved with the comment, based on the version that was loaded', async () => {
    const { user, write, puts } = await open();
    await write('a: 1\n');
    await user.type(screen.getByTestId('registry-comment'), 'simpler');
    await user.click(button('registry-save'));
    expect((await screen.findByTestId('toast')).textContent).toContain(t.registry.savedToast(4));
    expect(puts()[0]?.body).toEqual({ text: 'a: 1\n', comment: 'simpler', version: 3 });
    expect(button('registry-save').disabled).toBe(true);
  });

  it('is not saved with errors, and the text stays', async () => {
    const { user, area, write } = await open();
    await write('qualty: 2');
    await user.click(button('registry-save'));
    expect(await screen.findByTestId('registry-error')).toBeTruthy();
    expect(area.value).toBe('qualty: 2');
  });

  it('shows a conflict, keeps the text, and loads the newer version only after a question', async () => {
    const { user, area, write } = await open('conflict');
    await write('mine: 1');
    await user.click(button('registry-save'));
    expect((await screen.findByTestId('registry-conflict')).textContent).toContain(t.registry.conflict);
    expect(area.value).toBe('mine: 1');
    await user.click(screen.getByText(t.registry.load));
    await user.click(screen.getByTestId('confirm-ok'));
    await waitFor(() => expect(area.value).toContain('baseline: gpt-5'));
    expect(screen.queryByTestId('registry-conflict')).toBeNull();
  });

  it('keeps an edited text, and says so, when another version is saved elsewhere', async () => {
    const { page, area, write } = await open();
    await write('mine: 1');
    page.registry.set({ text: 'theirs: 1', version: 9, saved_at: 1, saved_by: null, errors: [] });
    expect((await screen.findByTestId('registry-conflict')).textContent).toContain('Version 9');
    expect(area.value).toBe('mine: 1');
  });

  it('is checked while one types, at the line', async () => {
    const { write, calls } = await open();
    await write('a: 1\nqualty: 2\n');
    const issue = await screen.findByTestId('line-issue');
    expect(issue.dataset.line).toBe('2');
    expect(calls.filter((call) => call.path === '/registry/validate')).toHaveLength(1);
    await write('a: 1\nquality: 2\n');
    await waitFor(() => expect(screen.queryByTestId('line-issue')).toBeNull());
    expect(await screen.findByText(t.registry.valid)).toBeTruthy();
  });

  it('shows what was changed', async () => {
    const { user, area, write } = await open();
    await write(area.value.replace('baseline: gpt-5', 'baseline: gpt-5-mini'));
    await user.click(button('registry-changes'));
    expect(screen.getByTestId('diff-removed').textContent).toContain('baseline: gpt-5');
    expect(screen.getByTestId('diff-added').textContent).toContain('baseline: gpt-5-mini');
  });

  it('keeps edits and their comment while another section is looked at, and checks them again', async () => {
    history.replaceState(null, '', '/admin/observability?section=registry');
    const { page, calls } = fakePage();
    render(App, { page });
    const user = userEvent.setup();
    const area = () => screen.getByTestId<HTMLTextAreaElement>('registry-text');
    await screen.findByTestId('registry-text');
    await user.clear(area());
    await user.paste('qualty: 2');
    await user.type(screen.getByTestId('registry-comment'), 'half done');
    await user.click(screen.getByTestId('section-models'));
    expect(screen.getByTestId('section-registry').textContent).toContain(t.registry.editedNote);
    const before = calls.filter((call) => call.path === '/registry/validate').length;
    await user.click(screen.getByTestId('section-registry'));
    expect([area().value, screen.getByTestId<HTMLInputElement>('registry-comment').value]).toEqual(['qualty: 2', 'half done']);
    expect(await screen.findByTestId('registry-error')).toBeTruthy();
    expect(calls.filter((call) => call.path === '/registry/validate').length).toBeGreaterThan(before);
  });

  it('has the browser ask before the page is left with edits, and only then', async () => {
    history.replaceState(null, '', '/admin/observability?section=registry');
    const { page } = fakePage();
    render(App, { page });
    const leave = () => {
      const event = new Event('beforeunload', { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    };
    const area = await screen.findByTestId('registry-text');
    expect(leave()).toBe(false);
    await userEvent.setup().type(area, '# more');
    expect(leave()).toBe(true);
  });

  it('asks before an earlier version takes the place of edits', async () => {
    const { user, area, write } = await open();
    await write('mine: 1');
    const rows = await screen.findAllByTestId('registry-version');
    await user.click(within(rows[2]!).getByTestId('version-compare'));
    await user.click(await screen.findByTestId('version-restore'));
    expect(screen.getByTestId('confirm').textContent).toContain(t.registry.replaceText(1));
    await user.click(screen.getByTestId('confirm-cancel'));
    expect(area.value).toBe('mine: 1');
    await user.click(screen.getByTestId('version-restore'));
    await user.click(screen.getByTestId('confirm-ok'));
    expect(area.value).not.toBe('mine: 1');
    expect(screen.queryByTestId('confirm')).toBeNull();
  });

  it('shows the first of many warnings, and the rest on demand', async () => {
    const warnings = ['a', 'b', 'c', 'd', 'e'];
    const { user } = await open('', ({ path }) => (path === '/registry' ? { body: { text: 'a: 1', version: 3, saved_at: 1, saved_by: null, errors: [], warnings } } : undefined));
    const said = () => screen.getAllByTestId('registry-warning').map((item) => item.textContent?.trim());
    expect(said()).toEqual(['a', 'b', 'c']);
    await user.click(screen.getByText(t.warnings.more(2)));
    expect(said()).toEqual(warnings);
  });

  it('goes back to an earlier version: compared first, then saved as a new one', async () => {
    const { user, area, puts } = await open();
    const rows = await screen.findAllByTestId('registry-version');
    expect(rows.map((row) => row.dataset.version)).toEqual(['3', '2', '1']);
    await user.click(within(rows[2]!).getByTestId('version-compare'));
    expect((await screen.findAllByTestId('diff-removed')).length).toBeGreaterThan(3);
    await user.click(screen.getByTestId('version-restore'));
    expect(area.value).not.toContain('routes:');
    await user.click(button('registry-save'));
    await screen.findByText(t.registry.savedToast(4));
    expect(puts()[0]?.body).toEqual({ text: area.value, comment: t.registry.restored(1), version: 3 });
    await waitFor(() => expect(screen.getAllByTestId('registry-version')[0]?.dataset.version).toBe('4'));
  });
});
