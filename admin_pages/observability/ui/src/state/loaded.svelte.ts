import { ApiError } from '../lib/api';

/**
 * One thing read from the server: its newest value, and what went wrong the last time.
 * A value once had stays while newer tries fail. Answers that were overtaken are dropped.
 */
export class Loaded<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<ApiError | null>(null);
  private asked = 0;
  private answered = 0;

  constructor(private readonly read: () => Promise<T>) {}

  /** Reads it again; true when that went well. */
  async load(): Promise<boolean> {
    const turn = ++this.asked;
    try {
      const value = await this.read();
      if (turn < this.answered) return true;
      this.answered = turn;
      this.value = value;
      this.error = null;
      return true;
    } catch (error) {
      if (turn < this.answered) return false;
      this.answered = turn;
      this.error = asApiError(error);
      return false;
    }
  }

  /** Forgets the value, and every answer still under way: what they are about has changed. */
  clear(): void {
    this.answered = ++this.asked;
    this.value = null;
    this.error = null;
  }

  /** A value that came another way, for instance as the answer to saving it. */
  set(value: T): void {
    this.answered = ++this.asked;
    this.value = value;
    this.error = null;
  }
}

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(0, error instanceof Error ? error.message : String(error));
}
