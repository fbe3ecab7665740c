import { createSubscriber } from 'svelte/reactivity';

const changing = createSubscriber((update) => {
  const observer = new MutationObserver(update);
  observer.observe(document.documentElement, { attributeFilter: ['class'] });
  return () => observer.disconnect();
});

/** The theme's classes. Whatever reads them is brought up to date when the theme changes. */
export const theme = {
  get classes(): string {
    changing();
    return document.documentElement.className;
  },
};
