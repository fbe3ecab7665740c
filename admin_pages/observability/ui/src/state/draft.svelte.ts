/** A registry text that is being edited: it outlives a look at another section of the page. */
export class Draft {
  /** The text, and the version that it was begun from; null while nothing is edited. */
  begun = $state.raw<{ text: string; version: number | null } | null>(null);
  /** What the new version's comment will be. */
  comment = $state('');

  drop(): void {
    this.begun = null;
    this.comment = '';
  }
}
