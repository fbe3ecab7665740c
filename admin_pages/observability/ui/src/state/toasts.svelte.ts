export interface Toast {
  id: number;
  kind: 'success' | 'error';
  text: string;
}

const SHOWN_MS = 6_000;

/** Short messages about what just happened. */
export class Toasts {
  items = $state<Toast[]>([]);
  private next = 1;

  success = (text: string) => this.add('success', text);
  error = (text: string) => this.add('error', text);

  dismiss(id: number): void {
    this.items = this.items.filter((toast) => toast.id !== id);
  }

  private add(kind: Toast['kind'], text: string): void {
    const id = this.next++;
    this.items = [...this.items.slice(-2), { id, kind, text }];
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }
}
