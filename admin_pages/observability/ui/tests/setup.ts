import { cleanup, configure } from '@testing-library/svelte';
import { afterEach } from 'vitest';

// A machine busy with other tests is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

// jsdom has no modal dialogs; this much of them is enough to open one.
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.setAttribute('open', '');
  this.querySelector<HTMLElement>('button, [href], input, select, textarea')?.focus();
};

Element.prototype.scrollIntoView ??= () => {};

afterEach(() => {
  cleanup();
  history.replaceState(null, '', '/admin/observability');
});

// Nor does it draw: charts show their tables instead.
HTMLCanvasElement.prototype.getContext = () => null;
