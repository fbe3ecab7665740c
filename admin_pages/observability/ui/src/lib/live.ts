/** What a stream of events is to us; a browser's EventSource is one. */
export interface Stream {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void;
  close(): void;
}

const CLOSED = 2;
/** However many records come in, the page is not brought up to date more often. */
const AT_MOST_EVERY_MS = 2_000;

export interface LiveEvents {
  /** There are records that the page has not read. */
  onnews: () => void;
  /** Whether new records will be heard of; while not, somebody has to ask. */
  onhearing: (hearing: boolean) => void;
}

/** Listens to the server while the page can be seen. The browser reopens a stream that ends by itself. */
export class Live {
  private stream: Stream | null = null;
  private newest: number | null = null;
  private due: ReturnType<typeof setTimeout> | null = null;
  private more = false;

  constructor(
    private readonly open: () => Stream | null,
    private readonly events: LiveEvents,
  ) {}

  start(): void {
    if (this.stream) return;
    const stream = this.open();
    this.stream = stream;
    stream?.addEventListener('open', () => this.events.onhearing(true));
    stream?.addEventListener('records', (event) => this.heard(event.data));
    stream?.addEventListener('error', () => {
      // Refused for good: no such route, not signed in. Anything else is tried again.
      if (stream.readyState === CLOSED && this.stream === stream) this.stop();
    });
  }

  stop(): void {
    this.stream?.close();
    this.stream = null;
    if (this.due !== null) clearTimeout(this.due);
    this.due = null;
    this.events.onhearing(false);
  }

  private heard(data: unknown): void {
    const newest = newestOf(data);
    if (newest === null) return;
    // The first word is about what the page has just read.
    const news = this.newest !== null && newest !== this.newest;
    this.newest = newest;
    if (!news) return;
    if (this.due !== null) {
      this.more = true;
      return;
    }
    this.tell();
  }

  /** At once, and once more after a pause when more came in meanwhile. */
  private tell(): void {
    this.more = false;
    this.due = setTimeout(() => {
      this.due = null;
      if (this.more) this.tell();
    }, AT_MOST_EVERY_MS);
    this.events.onnews();
  }
}

function newestOf(data: unknown): number | null {
  try {
    const newest = (JSON.parse(String(data)) as { newest?: unknown }).newest;
    return typeof newest === 'number' ? newest : null;
  } catch {
    return null;
  }
}
