import { untrack } from 'svelte';
import { Loaded } from './loaded.svelte';
import type { Page } from './page.svelte';

/**
 * Something that a component shows while it is there: read at once, again whenever `key` says
 * that the question is another, and with every refresh of the page.
 */
export function watched<T>(page: () => Page, key: () => string, read: () => Promise<T>): Loaded<T> {
  const loaded = new Loaded(read);
  $effect(() => {
    key();
    untrack(() => {
      loaded.clear();
      void loaded.load();
    });
  });
  $effect(() => page().follow(loaded));
  return loaded;
}
