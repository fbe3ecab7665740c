import { describe, expect, it } from 'vitest';
import { ApiError } from '../src/lib/api';
import { fakeApi } from './helpers';

const failure = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
};

describe('every call', () => {
  it('carries the token as a Bearer, reads and writes alike', async () => {
    const { api, calls } = fakeApi(() => ({}));
    await api.health();
    await api.resetBreakers();
    expect(calls.map((call) => call.headers.Authorization)).toEqual(['Bearer a-token', 'Bearer a-token']);
  });

  it('leads to sign in when Open WebUI does not know us', async () => {
    const { api, signedOut } = fakeApi(() => ({ status: 401, body: { detail: '401 Unauthorized' } }));
    expect((await failure(api.health())).status).toBe(401);
    expect(signedOut).toHaveLength(1);
  });

  it('does not lead to sign in for anything else', async () => {
    const { api, signedOut } = fakeApi(() => ({ status: 403, body: { detail: 'Only administrators may do this.' } }));
    const error = await failure(api.health());
    expect([error.status, error.message]).toEqual([403, 'Only administrators may do this.']);
    expect(signedOut).toHaveLength(0);
  });

  it('reports no answer as status 0', async () => {
    const { api } = fakeApi(() => {
      throw new TypeError('Failed to fetch');
    });
    expect((await failure(api.health())).status).toBe(0);
  });

  it('knows that an answer which is a page means that our routes are gone', async () => {
    const { api } = fakeApi(() => ({ text: '<!doctype html><title>Open WebUI</title>' }));
    expect((await failure(api.health())).status).toBe(404);
  });

  it('says the status where an error brings no sentence', async () => {
    const { api } = fakeApi(() => ({ status: 502, text: 'Bad gateway' }));
    expect((await failure(api.health())).message).toContain('502');
  });
});

describe('addresses', () => {
  it('keep an id with slashes in one piece', async () => {
    const { api, calls } = fakeApi(() => ({}));
    await api.resetBreaker('openrouter/meta/llama 3');
    expect(calls[0]?.path).toBe('/circuit-breakers/openrouter%2Fmeta%2Fllama%203/reset');
    expect(calls[0]?.method).toBe('POST');
  });

  it('leave out filters that are not set', async () => {
    const { api, calls } = fakeApi(() => ({ body: { items: [], next_cursor: null } }));
    await api.requests({ range: '7d', from: null, to: null }, { q: '', backend: 'gpt-5', task: 'none', limit: 50 });
    expect([...(calls[0]?.query ?? [])]).toEqual([
      ['range', '7d'],
      ['backend', 'gpt-5'],
      ['task', 'none'],
      ['limit', '50'],
    ]);
  });
});

describe('stretches of time', () => {
  const own = { range: '24h' as const, from: 100, to: 200 };

  it('are sent by name, or by both ends', async () => {
    const { api, calls } = fakeApi(() => ({ body: {} }));
    await api.summary({ range: '7d', from: null, to: null });
    await api.timeseries(own, 'cost_usd', 'user');
    expect(calls.map((call) => String(call.query))).toEqual(['range=7d', 'metric=cost_usd&group_by=user&from=100&to=200']);
  });

  it('are in the address of a download, with its filters', () => {
    const { api } = fakeApi(() => ({}));
    expect(api.exportAddress(own, { intent: 'coding', q: '' }, 'csv')).toBe('/api/v1/observability/export?format=csv&from=100&to=200&intent=coding');
  });
});

describe('the way to a chat', () => {
  const token = `x.${btoa(JSON.stringify({ id: 'me' })).replaceAll('=', '')}.y`;
  const answering = (good: string) =>
    fakeApi(({ path }) => (path === good ? { body: {} } : { status: 401, body: { detail: 'No.' } }), () => 0, token);

  it("leads to one's own without asking, to another's where Open WebUI lets administrators read it", async () => {
    const { api, calls } = answering('/api/v1/chats/share/a%2Fb');
    expect(await api.chatAddress('a/b', 'me')).toBe('/c/a%2Fb');
    expect(calls).toEqual([]);
    expect(await api.chatAddress('a/b', 'you')).toBe('/s/a%2Fb');
  });

  it('is not there for others, and nobody is signed out over it', async () => {
    const { api, signedOut } = answering('');
    expect(await api.chatAddress('x', 'you')).toBeNull();
    expect(await api.chatAddress('x', null)).toBeNull();
    expect(signedOut).toEqual([]);
  });
});

describe('the registry', () => {
  const issue = { line: 3, column: 5, key: 'routes.x', message: 'expected a list' };

  it('is saved with the version that the text was based on', async () => {
    const { api, calls } = fakeApi(() => ({ body: { version: 4 } }));
    await api.saveRegistry('a: 1\n', 'why', 3);
    expect([calls[0]?.method, calls[0]?.path, calls[0]?.body]).toEqual([
      'PUT',
      '/registry',
      { text: 'a: 1\n', comment: 'why', version: 3 },
    ]);
  });

  it.each([
    ['beside the detail', { detail: 'invalid', errors: [issue] }],
    ['in the detail', { detail: { message: 'invalid', errors: [issue] } }],
  ])('brings its errors when refused, wherever they are: %s', async (_where, body) => {
    const { api } = fakeApi(() => ({ status: 422, body }));
    const error = await failure(api.saveRegistry('x', '', null));
    expect([error.status, error.message, error.issues]).toEqual([422, 'invalid', [issue]]);
  });

  it('is validated with the same result for 200 and 422', async () => {
    const good = fakeApi(() => ({ body: { errors: [issue], warnings: ['w'] } }));
    expect(await good.api.validateRegistry('x')).toEqual({ errors: [issue], warnings: ['w'] });
    const bad = fakeApi(() => ({ status: 422, body: { detail: 'invalid', errors: [issue] } }));
    expect(await bad.api.validateRegistry('x')).toEqual({ errors: [issue], warnings: [] });
  });

  it('does not take another failure for a clean bill', async () => {
    const { api } = fakeApi(() => ({ status: 500, body: { detail: 'broken' } }));
    expect((await failure(api.validateRegistry('x'))).status).toBe(500);
  });
});

describe('the clock', () => {
  const at = (seconds: number) => new Date(seconds * 1000).toUTCString();

  it('learns how far the server is ahead', async () => {
    const { api } = fakeApi(() => ({ headers: { date: at(1_000_090) } }), () => 1_000_000_000);
    await api.health();
    expect(api.skewS).toBe(90);
  });

  it('takes a second or two for the coarseness of the header', async () => {
    const { api } = fakeApi(() => ({ headers: { date: at(1_000_001) } }), () => 1_000_000_000);
    await api.health();
    expect(api.skewS).toBe(0);
  });
});
