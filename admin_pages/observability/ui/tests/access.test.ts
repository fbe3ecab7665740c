import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import AccessPanel from '../src/components/AccessPanel.svelte';
import Toaster from '../src/components/Toaster.svelte';
import { t } from '../src/lib/texts';
import { fakePage } from './helpers';

async function open(...args: Parameters<typeof fakePage>) {
  const { page, calls } = fakePage(...args);
  await page.access.load();
  render(AccessPanel, { page });
  render(Toaster, { toasts: page.toasts });
  return { user: userEvent.setup(), puts: () => calls.filter((call) => call.method === 'PUT').map((call) => call.body) };
}

const save = () => screen.getByTestId<HTMLButtonElement>('access-save');
const radio = (kind: string) => screen.getByTestId<HTMLInputElement>(`access-${kind}`);

describe('who may use Smart', () => {
  it('shows the present choice, with nothing to save', async () => {
    await open();
    expect([radio('groups').checked, save().disabled]).toEqual([true, true]);
    expect(screen.getAllByTestId<HTMLInputElement>('access-group').map((box) => box.checked)).toEqual([true, false]);
  });

  it('is changed to everyone', async () => {
    const { user, puts } = await open();
    await user.click(radio('everyone'));
    await user.click(save());
    expect((await screen.findByTestId('toast')).textContent).toContain(t.access.saved);
    expect(puts()).toEqual([{ access: 'everyone', groups: [] }]);
    expect([radio('everyone').checked, save().disabled]).toEqual([true, true]);
  });

  it('needs at least one group', async () => {
    const { user, puts } = await open();
    const [research, sales] = screen.getAllByTestId('access-group');
    await user.click(research!);
    expect(save().disabled).toBe(true);
    await user.click(sales!);
    await user.click(save());
    expect(puts()).toEqual([{ access: 'groups', groups: ['g2'] }]);
  });

  it('can be confirmed as it is when nothing was ever set', async () => {
    const { user, puts } = await open('empty');
    expect(screen.getByTestId('access-not-yet')).toBeTruthy();
    expect(radio('admins').checked).toBe(true);
    await user.click(save());
    expect(puts()).toEqual([{ access: 'admins', groups: [] }]);
  });

  it('says why when it was not saved, and keeps the choice', async () => {
    const { user } = await open('', (call) => (call.method === 'PUT' ? { status: 500, body: { detail: 'no' } } : undefined));
    await user.click(radio('everyone'));
    await user.click(save());
    expect((await screen.findByTestId('toast')).textContent).toContain(t.access.failed('no'));
    expect([radio('everyone').checked, save().disabled]).toEqual([true, false]);
  });
});
