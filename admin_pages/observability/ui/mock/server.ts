import type { Access, AccessKind, Breaker, Grouping, Issue, RegistryVersion, RequestRecord } from '../src/lib/types';
import { SECONDS } from '../src/lib/url.ts';
import { catalog, decide } from './catalog.ts';
import { makeBreakers, makeRecord, REGISTRY, summarize } from './data.ts';
import { breakdown, distribution, timeseries, within, type Stretch } from './figures.ts';

interface Answer {
  status: number;
  body: unknown;
  delayMs: number;
}

const NAMES: Record<string, string> = { 'u-ada': 'Ada Lovelace', 'u-grace': 'Grace Hopper', 'u-linus': 'Linus Torvalds' };
const NASTY = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

/** A stand-in for the API, in the shapes of the real one, with state that the page's buttons change. */
export class MockServer {
  private records: RequestRecord[] = [];
  private breakers: Breaker[];
  private registry = { text: REGISTRY, version: 3, saved_at: 0, saved_by: 'u-ada' };
  /** Every version saved, oldest first. */
  private history: (RegistryVersion & { text: string })[];
  private access: Access;
  private made = 0;

  constructor(
    startedAt: number,
    private readonly chance: () => number = Math.random,
    records = 160,
  ) {
    this.breakers = makeBreakers(startedAt);
    this.registry.saved_at = startedAt - 7200;
    this.history = [1, 2, 3].map((version) => ({
      version,
      comment: ['', 'prices', 'quality of gpt-5'][version - 1] ?? '',
      saved_at: startedAt - 7200 - (3 - version) * 86_400,
      saved_by: 'u-ada',
      text: version === 3 ? REGISTRY : REGISTRY.split('\n').slice(0, 6 + version * 4).join('\n') + '\n',
    }));
    this.access = {
      access: 'groups',
      groups: [
        { id: 'g1', name: 'Research', selected: true },
        { id: 'g2', name: 'Sales', selected: false },
      ],
      model_exists: true,
    };
    for (let age = records; age > 0; age--) this.add(startedAt - age * age * 9);
  }

  answer(method: string, url: URL, body: Record<string, unknown>, state: string): Answer {
    const path = url.pathname.replace('/api/v1/observability', '');
    const delayMs = state === 'slow' ? 60_000 : 80;
    if (state === 'forbidden') return { status: 403, body: { detail: 'Only administrators may do this.' }, delayMs };
    if (state === 'errors') return { status: 500, body: { detail: 'The database is locked.' }, delayMs };
    const user = /^\/api\/v1\/users\/(.+)$/.exec(url.pathname)?.[1];
    if (user) return NAMES[user] ? { status: 200, body: { name: NAMES[user] }, delayMs } : { status: 404, body: {}, delayMs };
    // Somebody chats while the page is open.
    if (this.chance() < 0.08) this.add(Date.now() / 1000);
    const answer = method === 'GET' ? this.read(path, url.searchParams, state) : this.write(method, path, body, state);
    return { delayMs, ...answer };
  }

  private add(at: number): void {
    this.records.unshift(makeRecord(++this.made, at));
  }

  private read(path: string, query: URLSearchParams, state: string): Omit<Answer, 'delayMs'> {
    const ok = (body: unknown) => ({ status: 200, body });
    const records = state === 'empty' ? [] : state === 'hostile' ? this.records.map(nasty) : this.records;
    const stretch = stretchOf(query);
    const inRange = within(records, stretch);
    const group = query.get('group_by');
    const metric = query.get('metric') ?? '';
    if (path === '/timeseries') return ok(timeseries(records, stretch, metric, group));
    if (path === '/breakdown') return ok(breakdown(records, stretch, group as Grouping));
    if (path === '/distribution') return ok(distribution(records, stretch, metric));
    if (path === '/models') return ok({ items: state === 'empty' ? [] : catalog(inRange).map((one) => (state === 'hostile' ? { ...one, id: NASTY + one.id, name: NASTY } : one)), next_cursor: null, baseline: 'gpt-5', warnings: [] });
    if (path === '/registry/history') return ok({ items: [...this.history].reverse().map(({ text: _text, ...version }) => version), next_cursor: null });
    const version = /^\/registry\/(\d+)$/.exec(path)?.[1];
    if (version) return ok(this.history.find((one) => one.version === Number(version)));
    if (path === '/summary') return ok({ ...summarize(inRange, query.get('range') ?? '24h'), ...(state === 'empty' ? { baseline: null } : {}) });
    if (path === '/health') return ok(this.health(state));
    if (path === '/circuit-breakers') return ok({ items: state === 'empty' ? [] : this.breakers, next_cursor: null });
    if (path === '/registry') {
      if (state === 'empty') return ok({ text: '', version: 0, saved_at: null, saved_by: null, errors: [] });
      return ok({ ...this.registry, errors: [], warnings: ['gpt-5-nano is not listed right now; its entry stays and is not used.'] });
    }
    if (path === '/access') return ok(state === 'empty' ? { access: 'admins', groups: [], model_exists: false } : this.access);
    if (path === '/requests') return ok(page(inRange, query));
    const found = records.find((record) => path === `/requests/${record.id}`);
    return found ? ok(found) : { status: 404, body: { detail: 'There is no such request.' } };
  }

  private write(method: string, path: string, body: Record<string, unknown>, state: string): Omit<Answer, 'delayMs'> {
    if (path === '/circuit-breakers/reset') {
      this.breakers = this.breakers.map(closed);
      return { status: 200, body: { reset: this.breakers.length } };
    }
    const reset = /^\/circuit-breakers\/(.+)\/reset$/.exec(decodeURIComponent(path))?.[1];
    if (reset) {
      this.breakers = this.breakers.map((breaker) => (breaker.id === reset ? closed(breaker) : breaker));
      return { status: 200, body: { reset } };
    }
    if (path === '/access' && method === 'PUT') {
      const groups = body.groups as string[];
      this.access = { access: body.access as AccessKind, groups: this.access.groups.map((group) => ({ ...group, selected: groups.includes(group.id) })), model_exists: true };
      return { status: 200, body: this.access };
    }
    if (path === '/explain') {
      const said = (body.messages as { content: string }[])[0]?.content ?? '';
      const example = this.records[0] && state === 'hostile' ? nasty(this.records[0]) : this.records[0];
      return example ? { status: 200, body: decide(said, example) } : { status: 503, body: { detail: 'Nothing to choose from.' } };
    }
    const text = String(body.text ?? '');
    const errors = mistakes(text);
    if (path === '/registry/validate') return { status: 200, body: { errors, warnings: [] } };
    if (path === '/registry' && method === 'PUT') {
      if (state === 'conflict') return { status: 409, body: { detail: 'The registry is at version 4 by now.' } };
      if (errors.length) return { status: 422, body: { detail: 'The registry has errors.', errors } };
      this.registry = { text, version: this.registry.version + 1, saved_at: Date.now() / 1000, saved_by: 'u-ada' };
      this.history.push({ ...this.registry, comment: String(body.comment ?? '') });
      return { status: 200, body: { ...this.registry, errors: [] } };
    }
    return { status: 404, body: { detail: 'Not found' } };
  }

  private health(state: string) {
    const warnings = state === 'warnings' ? ['Open WebUI 0.13.1 is not one we know; chats go on.', 'The newest registry has errors; version 2 is in use.'] : [];
    return { status: warnings.length ? 'degraded' : 'ok', version: '0.1.0', open_webui: '0.12.4', registry: { version: 3, errors: [] }, store: { ok: true, dialect: 'sqlite', lag_ms: 3 }, breakers: {}, redis: 'absent', workers: 1, warnings };
  }
}

function stretchOf(query: URLSearchParams): Stretch {
  if (query.get('from')) return { from: Number(query.get('from')), to: Number(query.get('to')) };
  const now = Date.now() / 1000;
  return { from: now - (SECONDS[(query.get('range') ?? '24h') as '24h'] ?? 86_400), to: now + 1 };
}

function closed(breaker: Breaker): Breaker {
  return { ...breaker, state: 'closed', consecutive_failures: 0, retry_at: null, opened_at: null, reason: 'reset by an administrator' };
}

function page(records: RequestRecord[], query: URLSearchParams) {
  const equal = ['backend', 'intent', 'complexity', 'outcome', 'error_kind', 'user_id', 'reason', 'source'] as const;
  const task = query.get('task');
  const q = query.get('q')?.toLowerCase();
  const found = records.filter(
    (record) =>
      equal.every((key) => !query.get(key) || record[key] === query.get(key)) &&
      (task === 'none' ? record.task === null : task === 'any' ? record.task !== null : true) &&
      (!q || `${record.sentence} ${record.backend}`.toLowerCase().includes(q)),
  );
  const begin = query.get('cursor') ? found.findIndex((record) => record.id === query.get('cursor')) + 1 : 0;
  const items = found.slice(begin, begin + Number(query.get('limit') ?? 50));
  const more = begin + items.length < found.length;
  return { items: items.map(({ signals: _s, evidence: _e, attempts: _a, ranking: _r, ...row }) => row), next_cursor: more ? (items.at(-1)?.id ?? null) : null };
}

function mistakes(text: string): Issue[] {
  return text.split('\n').flatMap((line, index) => {
    const at = line.indexOf('qualty');
    return at < 0 ? [] : [{ line: index + 1, column: at + 1, key: 'backends.gpt-5.qualty', message: 'unknown key; did you mean quality?' }];
  });
}

function nasty(record: RequestRecord): RequestRecord {
  return {
    ...record,
    backend: NASTY,
    sentence: `${NASTY} answered.`,
    user_name: NASTY,
    evidence: [NASTY],
    signals: { ...record.signals, [NASTY]: NASTY },
    attempts: record.attempts.map((attempt) => ({ ...attempt, backend: NASTY, error: NASTY })),
    ranking: record.ranking.map((candidate) => ({ ...candidate, backend: NASTY + candidate.backend })),
  };
}
