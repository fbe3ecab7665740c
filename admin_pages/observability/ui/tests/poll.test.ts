import { describe, expect, it } from 'vitest';
import { Poller } from '../src/lib/poll';
import { FakeTiming, settled } from './helpers';

function poller(results: (boolean | Error)[]) {
  const timing = new FakeTiming();
  let runs = 0;
  const task = async () => {
    const result = results[runs++] ?? true;
    if (result instanceof Error) throw result;
    return result;
  };
  return { timing, runs: () => runs, poller: new Poller(task, timing, 5000) };
}

describe('polling', () => {
  it('goes on every five seconds while all is well', async () => {
    const { timing, runs, poller: p } = poller([]);
    await p.now();
    expect(timing.pauses).toEqual([5000]);
    await timing.pass();
    expect([runs(), timing.pauses]).toEqual([2, [5000]]);
  });

  it('pauses longer after each failure, up to a minute, and recovers at once', async () => {
    const { timing, poller: p } = poller([false, new Error('thrown'), false, false, false, true]);
    const pauses: number[] = [];
    await p.now();
    for (let n = 0; n < 5; n++) {
      pauses.push(...timing.pauses);
      await timing.pass();
    }
    expect(pauses).toEqual([10_000, 20_000, 40_000, 60_000, 60_000]);
    expect(timing.pauses).toEqual([5000]);
  });

  it('rests while the page is hidden, and catches up when it is seen again', async () => {
    const { timing, runs, poller: p } = poller([]);
    await p.now();
    await timing.show(false);
    expect(timing.pauses).toEqual([]);
    await timing.show(true);
    expect([runs(), timing.pauses]).toEqual([2, [5000]]);
  });

  it('plans nothing when the page was hidden during a run', async () => {
    const { timing, poller: p } = poller([]);
    const run = p.now();
    timing.isHidden = true;
    await run;
    expect(timing.pauses).toEqual([]);
  });

  it('never runs twice at once, but runs again when asked meanwhile', async () => {
    const timing = new FakeTiming();
    let running = 0;
    let most = 0;
    let runs = 0;
    let release = () => {};
    const p = new Poller(async () => {
      runs++;
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => (release = resolve));
      running--;
      return true;
    }, timing);
    const first = p.now();
    void p.now();
    void p.now();
    release();
    await first;
    release();
    await settled();
    expect([runs, most]).toEqual([2, 1]);
  });

  it('stops for good', async () => {
    const { timing, runs, poller: p } = poller([]);
    await p.now();
    p.stop();
    await p.now();
    expect([runs(), timing.pauses, timing.listening]).toEqual([1, [], 0]);
  });
});
