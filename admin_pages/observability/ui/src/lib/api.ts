import type {
  Access,
  AccessKind,
  Breakdown,
  Breaker,
  Decision,
  Distribution,
  Grouping,
  Health,
  Issue,
  List,
  LogPage,
  ModelFigures,
  Models,
  Registry,
  RegistryVersion,
  RequestRecord,
  RequestRow,
  Summary,
  Timeseries,
  Validation,
} from './types';
import type { Stream } from './live';
import type { Span } from './url';

const BASE = '/api/v1/observability';
const TIMEOUT_MS = 20_000;

/** An answer that is not a success. `status` is 0 when there was no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly issues: Issue[] = [],
  ) {
    super(message);
  }
}

/** Which records of a stretch of time. */
export interface LogFilter {
  q?: string;
  backend?: string;
  intent?: string;
  complexity?: string;
  outcome?: string;
  error_kind?: string;
  user_id?: string;
  reason?: string;
  /** `none` for chats alone, `any` for background tasks alone. */
  task?: string;
  /** `smart` for what went through Smart, `direct` for chats with other models. */
  source?: string;
}

export interface LogQuery extends LogFilter {
  cursor?: string;
  limit?: number;
  /** Without what is long about a record: a row does not show it. */
  brief?: boolean;
}

export type DownloadFormat = 'csv' | 'jsonl';

/** What the client needs of the browser; tests bring their own. */
export interface Surroundings {
  fetch: typeof fetch;
  token: () => string | null;
  /** Called when Open WebUI does not know us any more. */
  signIn: () => void;
  now: () => number;
  /** Opens a stream of events, where the browser can. */
  stream?: (path: string) => Stream;
}

export class Api {
  /** How far the server's clock is ahead of the browser's, in seconds. */
  skewS = 0;

  constructor(private readonly browser: Surroundings) {}

  summary = (span: Span) => this.get<Summary>(`/summary?${query(spanned(span))}`);
  timeseries = (span: Span, metric: string, group_by?: Grouping) =>
    this.get<Timeseries>(`/timeseries?${query({ metric, group_by, ...spanned(span) })}`);
  breakdown = (span: Span, group_by: Grouping) => this.get<Breakdown>(`/breakdown?${query({ group_by, ...spanned(span) })}`);
  distribution = (span: Span, metric: string) => this.get<Distribution>(`/distribution?${query({ metric, ...spanned(span) })}`);
  models = (span: Span) => this.get<Models>(`/models?${query(spanned(span))}`);
  modelFigures = () => this.get<ModelFigures>('/model-figures');
  fetchModelFigures = (url: string) => this.send<ModelFigures>('POST', '/model-figures/fetch', { url });
  uploadModelFigures = (file: File) => this.send<ModelFigures>('PUT', `/model-figures?${query({ name: file.name })}`, file);
  dropModelFigures = () => this.send<ModelFigures>('DELETE', '/model-figures');
  explain = (text: string) =>
    this.send<Decision>('POST', '/explain', { model: 'smart_router.auto', messages: [{ role: 'user', content: text }] });
  health = () => this.get<Health>('/health');
  requests = (span: Span, wanted: LogQuery) => this.get<LogPage<RequestRow>>(`/requests?${query({ ...spanned(span), ...wanted })}`);
  request = (id: string) => this.get<RequestRecord>(`/requests/${encodeURIComponent(id)}`);
  breakers = () => this.get<List<Breaker>>('/circuit-breakers');
  resetBreaker = (id: string) => this.send<unknown>('POST', `/circuit-breakers/${encodeURIComponent(id)}/reset`);
  resetBreakers = () => this.send<unknown>('POST', '/circuit-breakers/reset');
  registry = () => this.get<Registry>('/registry');
  registryHistory = () => this.get<List<RegistryVersion>>('/registry/history');
  registryVersion = (version: number) => this.get<RegistryVersion>(`/registry/${version}`);
  saveRegistry = (text: string, comment: string, version: number | null) =>
    this.send<Registry>('PUT', '/registry', { text, comment, version });
  access = () => this.get<Access>('/access');
  saveAccess = (access: AccessKind, groups: string[]) => this.send<Access>('PUT', '/access', { access, groups });

  /** Tells of new records; null where there is no such thing. */
  events = (): Stream | null => this.browser.stream?.(`${BASE}/events`) ?? null;

  /** Where a download of these records is; the browser sends the cookie that Open WebUI gave it. */
  exportAddress(span: Span, filter: LogFilter, format: DownloadFormat): string {
    return `${BASE}/export?${query({ format, ...spanned(span), ...filter })}`;
  }

  /** The issues of a registry text, whether the server reports them with 200 or with 422. */
  async validateRegistry(text: string): Promise<Validation> {
    try {
      const found = await this.send<Partial<Validation>>('POST', '/registry/validate', { text });
      return { errors: found.errors ?? [], warnings: found.warnings ?? [] };
    } catch (error) {
      if (error instanceof ApiError && error.status === 422 && error.issues.length) {
        return { errors: error.issues, warnings: [] };
      }
      throw error;
    }
  }

  /** A user's name by Open WebUI's own route; null when it does not say. */
  async userName(id: string): Promise<string | null> {
    const user = await this.call<{ name?: unknown }>('GET', `/api/v1/users/${encodeURIComponent(id)}`);
    return typeof user.name === 'string' && user.name ? user.name : null;
  }

  /** Every user's name by id, in one answer. */
  async userNames(): Promise<Record<string, string>> {
    const { users } = await this.call<{ users?: { id: string; name?: string }[] }>('GET', '/api/v1/users/all');
    return Object.fromEntries((users ?? []).flatMap(({ id, name }) => (name ? [[id, name]] : [])));
  }

  /** Where this administrator can read a user's chat: it is their own, or Open WebUI lets them. */
  async chatAddress(chat: string, owner: string | null): Promise<string | null> {
    const part = encodeURIComponent(chat);
    if (owner !== null && owner === ownerOf(this.browser.token())) return `/c/${part}`;
    return this.call('GET', `/api/v1/chats/share/${part}`).then(() => `/s/${part}`, () => null);
  }

  private get<T>(path: string): Promise<T> {
    return this.call<T>('GET', BASE + path);
  }

  private send<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.call<T>(method, BASE + path, body);
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    const token = this.browser.token();
    if (token) headers.Authorization = `Bearer ${token}`;
    const raw = body instanceof Blob ? body : null;
    if (body !== undefined) headers['Content-Type'] = raw ? 'application/octet-stream' : 'application/json';
    let response: Response;
    try {
      response = await this.browser.fetch(path, {
        method,
        headers,
        body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
        cache: 'no-store',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (cause) {
      throw new ApiError(0, cause instanceof Error ? cause.message : String(cause));
    }
    this.readClock(response);
    // Open WebUI answers 401 as well when a chat is another's.
    if (response.status === 401 && path.startsWith(BASE)) this.browser.signIn();
    const answer = await json(response);
    if (!response.ok) throw new ApiError(response.status, detailOf(answer, response), issuesOf(answer));
    // Where our routes are gone, Open WebUI answers every address with its own page.
    if (answer === undefined) throw new ApiError(404, 'There is no such route any more.');
    return answer as T;
  }

  /** The Date header is exact to a second, so only a larger difference says anything. */
  private readClock(response: Response): void {
    const date = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(date)) return;
    const skew = (date - this.browser.now()) / 1000;
    this.skewS = Math.abs(skew) > 2 ? skew : 0;
  }
}

/** Whose token it is: a JWT says so in its middle part. */
function ownerOf(token: string | null): string | null {
  try {
    const middle = token?.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
    const id = field(JSON.parse(atob(middle)), 'id');
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}

function spanned({ range, from, to }: Span): Record<string, string | number> {
  return from !== null && to !== null ? { from, to } : { range };
}

function query(values: Record<string, string | number | boolean | undefined>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined && value !== '') parameters.set(key, String(value));
  }
  return parameters.toString();
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function detailOf(answer: unknown, response: Response): string {
  const detail = field(answer, 'detail');
  if (typeof detail === 'string') return detail;
  const message = field(detail, 'message');
  if (typeof message === 'string') return message;
  return `${response.status} ${response.statusText}`.trim();
}

/** A registry's issues are beside `detail`, or in it. */
function issuesOf(answer: unknown): Issue[] {
  const found = field(answer, 'errors') ?? field(field(answer, 'detail'), 'errors');
  return Array.isArray(found) ? (found as Issue[]) : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
