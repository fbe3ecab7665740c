import { Api } from '../lib/api';
import { Live } from '../lib/live';
import { browserTiming, LISTENING_MS, Poller, type Timing } from '../lib/poll';
import { t } from '../lib/texts';
import type { Access, Breaker, Health, List, Registry, RequestRecord, Summary } from '../lib/types';
import { DEFAULT_VIEW, FILTER_KEYS, formatView, NO_FILTERS, parseView, sameSpan, SECONDS, type Filters, type Section, type Span, type View } from '../lib/url';
import { Draft } from './draft.svelte';
import { Loaded } from './loaded.svelte';
import { RequestLog } from './log.svelte';
import { Names } from './names.svelte';
import { Toasts } from './toasts.svelte';

/** Sections that show the log. */
const WITH_LOG: ReadonlySet<Section> = new Set(['overview', 'requests']);

/** Everything the page knows, and how it stays up to date. */
export class Page {
  view = $state<View>({ ...DEFAULT_VIEW });
  /** Epoch milliseconds of the last refresh that went well in every part. */
  updatedAt = $state<number | null>(null);
  failing = $state(false);

  readonly toasts = new Toasts();
  readonly log: RequestLog;
  readonly names: Names;
  readonly summary: Loaded<Summary>;
  readonly health: Loaded<Health>;
  readonly breakers: Loaded<List<Breaker>>;
  readonly registry: Loaded<Registry>;
  readonly draft = new Draft();
  /** What the playground is asked about. It is in no address: addresses end up in logs. */
  question = $state('');
  readonly access: Loaded<Access>;
  readonly detail: Loaded<RequestRecord>;
  /** What the components on screen show beside that. */
  private readonly followed = new Set<{ load: () => Promise<boolean> }>();
  private poller: Poller | null = null;
  private registryVersion: number | null | undefined;

  constructor(readonly api: Api) {
    this.log = new RequestLog(api);
    this.names = new Names(api);
    this.summary = new Loaded(() => api.summary(this.view));
    this.health = new Loaded(() => api.health());
    this.breakers = new Loaded(() => api.breakers());
    this.registry = new Loaded(() => api.registry());
    this.access = new Loaded(() => api.access());
    this.detail = new Loaded(() => api.request(this.view.request ?? ''));
  }

  /** Reads the view from the address and keeps everything up to date until the returned call. */
  start(timing: Timing = browserTiming): () => void {
    this.readAddress();
    const back = () => this.readAddress();
    addEventListener('popstate', back);
    const leave = (event: BeforeUnloadEvent) => {
      if (this.registryEdited) event.preventDefault();
    };
    addEventListener('beforeunload', leave);
    this.poller = new Poller(() => this.refresh(), timing);
    void this.poller.now();
    void this.registry.load();
    void this.access.load();
    const live = new Live(this.api.events, {
      onnews: () => void this.refreshNow(),
      onhearing: (hearing) => this.poller?.pace(hearing ? LISTENING_MS : undefined),
    });
    const seen = () => (timing.hidden() ? live.stop() : live.start());
    const forget = timing.onVisibility(seen);
    seen();
    return () => {
      removeEventListener('popstate', back);
      removeEventListener('beforeunload', leave);
      forget();
      live.stop();
      this.poller?.stop();
    };
  }

  /** Whether there is a registry text that would be lost. */
  get registryEdited(): boolean {
    return this.draft.begun !== null && this.draft.begun.text !== (this.registry.value?.text ?? '');
  }

  /** What tells one stretch of time from another. */
  get spanKey(): string {
    const { range, from, to } = this.view;
    return from === null ? range : `${from} ${to}`;
  }

  /** The stretch of the same length before the one on screen. */
  get before(): Span {
    const { range, from, to } = this.view;
    const end = from ?? Math.floor(Date.now() / 1000 + this.api.skewS) - SECONDS[range];
    const length = from !== null && to !== null ? to - from : SECONDS[range];
    return { range, from: end - length, to: end };
  }

  /** What that stretch is called, or the one before it. */
  get spanName(): string {
    return this.view.from === null ? t.rangeNames[this.view.range] : t.ownRange.name;
  }

  get previousName(): string {
    return this.view.from === null ? t.previousNames[this.view.range] : t.ownRange.previous;
  }

  /** Reads something with every refresh, until the returned call. */
  follow(part: { load: () => Promise<boolean> }): () => void {
    this.followed.add(part);
    return () => void this.followed.delete(part);
  }

  /** Now rather than at the next beat. */
  refreshNow(): Promise<void> {
    return this.poller?.now() ?? Promise.resolve();
  }

  /** Goes to another view. `push` makes a step that the Back button returns from. */
  go(change: Partial<View>, push = false): void {
    const next = { ...this.view, ...change };
    const address = location.pathname + formatView(next, location.search);
    if (push) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    this.show(next);
  }

  /** What the address asked for in vain is forgotten with that. */
  setFilters(filters: Partial<Filters>): void {
    this.go({ ...filters, unknown: [] });
  }

  closeDetail(): void {
    this.go({ request: null });
  }

  private readAddress(): void {
    this.show(parseView(location.search), this.poller === null);
  }

  private show(next: View, first = false): void {
    const before = this.view;
    this.view = next;
    const otherSpan = !sameSpan(next, before);
    const otherList = otherSpan || FILTER_KEYS.some((key) => filtersOf(next)[key] !== filtersOf(before)[key]);
    const otherDetail = next.request !== before.request;
    const opened = WITH_LOG.has(next.section) && !WITH_LOG.has(before.section);
    if (otherSpan) this.summary.clear();
    if (otherList || first) this.log.want(next, filtersOf(next));
    if (otherDetail) this.detail.clear();
    if (first) return;
    if (otherSpan) void this.summary.load();
    if (WITH_LOG.has(next.section) && (otherList || opened)) void this.log.refresh().then(() => this.learnNames());
    if (otherDetail && next.request) void this.detail.load();
  }

  private async refresh(): Promise<boolean> {
    const parts = [this.summary.load(), this.health.load(), this.breakers.load()];
    if (WITH_LOG.has(this.view.section)) parts.push(this.log.refresh());
    parts.push(...[...this.followed].map((part) => part.load()));
    const due = parts.length;
    if (this.view.request) parts.push(this.detail.load());
    if (this.access.error) parts.push(this.access.load());
    const results = await Promise.all(parts);
    await this.followRegistry();
    // A record that is gone stays gone: that is no reason to slow down.
    const good = results.slice(0, due).every(Boolean);
    this.failing = !good;
    if (good) this.updatedAt = Date.now();
    this.learnNames();
    return good;
  }

  /** Reads the registry again when another version is in force, or when it could not be read. */
  private async followRegistry(): Promise<void> {
    const version = this.health.value?.registry?.version ?? null;
    const changed = this.registryVersion !== undefined && version !== this.registryVersion;
    this.registryVersion = version;
    if (changed || this.registry.error) await this.registry.load();
  }

  private learnNames(): void {
    void this.names.learn(this.log.rows.flatMap((row) => (row.user_id && !row.user_name ? [row.user_id] : [])));
  }
}

/** The overview shows the newest of all chats, whatever the log is filtered by. */
function filtersOf(view: View): Filters {
  return view.section === 'requests' ? view : NO_FILTERS;
}
