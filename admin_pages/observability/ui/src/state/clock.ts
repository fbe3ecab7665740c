import { createSubscriber } from 'svelte/reactivity';

const ticking = createSubscriber((update) => {
  const id = setInterval(update, 1000);
  return () => clearInterval(id);
});

/** The time in epoch milliseconds. Whatever shows it is brought up to date every second. */
export const clock = {
  get now(): number {
    ticking();
    return Date.now();
  },
};
