/** What a poller needs of its surroundings; tests bring their own. */
export interface Timing {
  setTimeout: (run: () => void, ms: number) => number;
  clearTimeout: (id: number) => void;
  hidden: () => boolean;
  onVisibility: (run: () => void) => () => void;
}

export const browserTiming: Timing = {
  setTimeout: (run, ms) => window.setTimeout(run, ms),
  clearTimeout: (id) => window.clearTimeout(id),
  hidden: () => document.hidden,
  onVisibility: (run) => {
    document.addEventListener('visibilitychange', run);
    return () => document.removeEventListener('visibilitychange', run);
  },
};

const EVERY_MS = 5_000;
/** When the server tells of news by itself, asking is for what moves without it. */
export const LISTENING_MS = 15_000;
const AT_MOST_MS = 60_000;

/**
 * Runs `task` now and then every few seconds, one at a time, while the page can be seen.
 * `task` says whether it went well; after failures the pause doubles, up to a minute.
 */
export class Poller {
  private timer: number | null = null;
  private failures = 0;
  private running = false;
  private again = false;
  private stopped = false;
  private readonly forget: () => void;

  constructor(
    private readonly task: () => Promise<boolean>,
    private readonly timing: Timing = browserTiming,
    private everyMs = EVERY_MS,
  ) {
    this.forget = timing.onVisibility(() => this.visibilityChanged());
  }

  /** Runs at once; a run that is under way is followed by another. */
  async now(): Promise<void> {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.cancel();
    this.running = true;
    const good = await this.task().catch(() => false);
    this.running = false;
    this.failures = good ? 0 : this.failures + 1;
    this.plan();
  }

  /** How long to pause from the next run on; the usual when nothing is said. */
  pace(everyMs = EVERY_MS): void {
    this.everyMs = everyMs;
  }

  stop(): void {
    this.stopped = true;
    this.cancel();
    this.forget();
  }

  private plan(): void {
    if (this.stopped) return;
    if (this.again) {
      this.again = false;
      void this.now();
      return;
    }
    if (this.timing.hidden()) return;
    const pause = Math.min(this.everyMs * 2 ** this.failures, AT_MOST_MS);
    this.timer = this.timing.setTimeout(() => void this.now(), pause);
  }

  private visibilityChanged(): void {
    if (this.timing.hidden()) this.cancel();
    else void this.now();
  }

  private cancel(): void {
    if (this.timer !== null) this.timing.clearTimeout(this.timer);
    this.timer = null;
  }
}
