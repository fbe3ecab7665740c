import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Live, type Stream } from '../src/lib/live';
import { LISTENING_MS } from '../src/lib/poll';
import { Page } from '../src/state/page.svelte';
import { Api } from '../src/lib/api';
import { FakeTiming, settled } from './helpers';

class FakeStream implements Stream {
  readyState = 1;
  closed = false;
  private listeners = new Map<string, (event: { data?: unknown }) => void>();
  addEventListener = (type: string, listener: (event: { data?: unknown }) => void) => void this.listeners.set(type, listener);
  close = () => (this.closed = true);
  emit(type: string, data?: unknown) {
    this.listeners.get(type)?.({ data });
  }
  records(newest: number) {
    this.emit('records', JSON.stringify({ newest }));
  }
}

function listening() {
  const streams: FakeStream[] = [];
  const heard: (string | boolean)[] = [];
  const live = new Live(
    () => {
      streams.push(new FakeStream());
      return streams.at(-1) ?? null;
    },
    { onnews: () => heard.push('news'), onhearing: (hearing) => heard.push(hearing) },
  );
  live.start();
  return { live, heard, streams, stream: streams[0] as FakeStream };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('listening for new records', () => {
  it('hears of those that come after the page was read, not of the first word', () => {
    const { stream, heard } = listening();
    stream.emit('open');
    stream.records(5);
    stream.records(6);
    expect(heard).toEqual([true, 'news']);
  });

  it('hears of what came while the browser reopened the stream', () => {
    const { stream, heard } = listening();
    stream.records(5);
    stream.readyState = 0;
    stream.emit('error');
    stream.records(5);
    expect(heard).toEqual([]);
    stream.records(9);
    expect(heard).toEqual(['news']);
  });

  it('brings the page up to date at most every two seconds, and loses nothing', () => {
    const { stream, heard } = listening();
    for (const newest of [1, 2, 3, 4]) stream.records(newest);
    expect(heard).toEqual(['news']);
    vi.advanceTimersByTime(2000);
    expect(heard).toEqual(['news', 'news']);
    vi.advanceTimersByTime(10_000);
    expect(heard).toEqual(['news', 'news']);
  });

  it('gives up when the server refuses, and ignores what is no news', () => {
    const { stream, heard } = listening();
    for (const data of ['', '{}', '{"newest": "x"}', undefined]) stream.emit('records', data);
    stream.readyState = 2;
    stream.emit('error');
    expect([heard, stream.closed]).toEqual([[false], true]);
  });
});

describe('the page', () => {
  it('asks less often while it hears, as often as ever when not, and closes the stream when nobody looks', async () => {
    vi.useRealTimers();
    const streams: FakeStream[] = [];
    const calls: string[] = [];
    const api = new Api({
      fetch: (async (path: string) => {
        calls.push(path);
        return new Response(JSON.stringify({ items: [], next_cursor: null }), { status: 200 });
      }) as unknown as typeof fetch,
      token: () => null,
      signIn: () => {},
      now: () => Date.now(),
      stream: () => {
        streams.push(new FakeStream());
        return streams.at(-1) as FakeStream;
      },
    });
    const timing = new FakeTiming();
    const stop = new Page(api).start(timing);
    await settled();
    streams[0]?.emit('open');
    streams[0]?.records(1);
    const before = calls.length;
    streams[0]?.records(2);
    await settled();
    expect(calls.length).toBeGreaterThan(before);
    expect(timing.pauses).toEqual([LISTENING_MS]);
    await timing.show(false);
    expect(streams[0]?.closed).toBe(true);
    await timing.show(true);
    expect(streams).toHaveLength(2);
    expect(timing.pauses).toEqual([5000]);
    stop();
    expect(timing.listening).toBe(0);
  });
});
