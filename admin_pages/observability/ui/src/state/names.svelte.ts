import type { Api } from '../lib/api';

/** From how many characters on an id is one that a machine made, of which the beginning says enough. */
const LONG = 32;

/** From how many unknown users on all of them are asked for at once. */
const MANY = 4;

/** Names of users, asked of Open WebUI once each, only for those that are shown. */
export class Names {
  private known = $state.raw<Record<string, string>>({});
  private asked = new Set<string>();

  constructor(private readonly api: Api) {}

  /** The name, or the beginning of the id as long as there is none. */
  of(id: string): string {
    return this.known[id] ?? (id.length >= LONG ? `${id.slice(0, 8)}…` : id);
  }

  /** Finds out the names of these users. */
  async learn(ids: Iterable<string>): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.asked.has(id));
    // All of them at once: somebody else may ask before the first answer is here.
    for (const id of missing) this.asked.add(id);
    // One answer with everybody is less work than an answer for each.
    const all = missing.length >= MANY ? await this.api.userNames().catch(() => null) : null;
    if (all) {
      this.known = { ...this.known, ...all };
      return;
    }
    for (const id of missing) {
      // A user who was deleted has no name any more; the id stays.
      const name = await this.api.userName(id).catch(() => null);
      if (name) this.known = { ...this.known, [id]: name };
    }
  }
}
