import { Api } from '../src/lib/api';
import { Page } from '../src/state/page.svelte';
import type { Timing } from '../src/lib/poll';
import type { RequestRecord, RequestRow } from '../src/lib/types';
import { makeRecord } from '../mock/data';
import { MockServer } from '../mock/server';

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: unknown;
}

type Reply = { status?: number; body?: unknown; text?: string; headers?: Record<string, string> };

/** An Api on answers of the test's own, and the calls that it made. */
export function fakeApi(reply: (call: Call) => Reply | Promise<Reply>, now = () => 0, token = 'a-token') {
  const calls: Call[] = [];
  const signedOut: true[] = [];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}) => {
    const url = new URL(String(input), 'http://page');
    const call: Call = {
      method: init.method ?? 'GET',
      path: url.pathname.replace('/api/v1/observability', ''),
      query: url.searchParams,
      headers: init.headers as Record<string, string>,
      body: init.body ? JSON.parse(String(init.body)) : undefined,
    };
    calls.push(call);
    const { status = 200, body, text, headers } = await reply(call);
    return new Response(text ?? JSON.stringify(body ?? {}), { status, headers });
  };
  const api = new Api({ fetch: fetch as typeof globalThis.fetch, token: () => token, signIn: () => void signedOut.push(true), now });
  return { api, calls, signedOut };
}

/** The whole page's state on the mock server; `override` answers some calls differently. No calls, no new records. */
export function fakePage(state = '', override: (call: Call) => Reply | undefined = () => undefined, records = 40) {
  const server = new MockServer(Date.now() / 1000, () => 1, records);
  const { api, calls } = fakeApi((call) => {
    const own = override(call);
    if (own) return own;
    const prefix = call.path.startsWith('/api/') ? '' : '/api/v1/observability';
    const url = new URL(`http://page${prefix}${call.path}?${call.query}`);
    return server.answer(call.method, url, (call.body ?? {}) as Record<string, unknown>, state);
  }, () => Date.now());
  return { page: new Page(api), calls };
}

/** Time that passes only when the test says so. */
export class FakeTiming implements Timing {
  isHidden = false;
  private waiting: { id: number; ms: number; run: () => void }[] = [];
  private listeners = new Set<() => void>();
  private next = 1;

  setTimeout = (run: () => void, ms: number) => {
    const id = this.next++;
    this.waiting.push({ id, ms, run });
    return id;
  };
  clearTimeout = (id: number) => {
    this.waiting = this.waiting.filter((timer) => timer.id !== id);
  };
  hidden = () => this.isHidden;
  onVisibility = (run: () => void) => {
    this.listeners.add(run);
    return () => this.listeners.delete(run);
  };

  /** How long the pauses under way are. */
  get pauses(): number[] {
    return this.waiting.map((timer) => timer.ms);
  }

  get listening(): number {
    return this.listeners.size;
  }

  async pass(): Promise<void> {
    const due = this.waiting;
    this.waiting = [];
    for (const timer of due) timer.run();
    await settled();
  }

  async show(visible: boolean): Promise<void> {
    this.isHidden = !visible;
    for (const listener of this.listeners) listener();
    await settled();
  }
}

/** Lets every promise that can go on do so. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

export function record(id: string, createdAt: number, more: Partial<RequestRecord> = {}): RequestRecord {
  return { ...makeRecord(1, createdAt), id, task: null, ...more };
}

export function row(id: string, createdAt: number, more: Partial<RequestRow> = {}): RequestRow {
  return record(id, createdAt, more);
}
