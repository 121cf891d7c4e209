/** What is to happen at which instant, the earliest first; of the same instant what was noted first. */
export class Agenda<Item> {
  private readonly heap: { readonly at: number; readonly nth: number; readonly item: Item }[] = [];
  private noted = 0;

  get isEmpty(): boolean {
    return this.heap.length === 0;
  }

  /** Notes something for an instant. */
  add(at: number, item: Item): void {
    const { heap } = this;
    let child = heap.push({ at, nth: this.noted++, item }) - 1;
    while (child > 0) {
      const parent = (child - 1) >>> 1;
      if (!this.isBefore(child, parent)) break;
      this.swap(child, parent);
      child = parent;
    }
  }

  /** Takes the next one, or nothing. */
  take(): { readonly at: number; readonly item: Item } | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    heap[0] = last;
    for (let parent = 0; ;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      const child = right < heap.length && this.isBefore(right, left) ? right : left;
      if (child >= heap.length || !this.isBefore(child, parent)) return first;
      this.swap(child, parent);
      parent = child;
    }
  }

  private isBefore(left: number, right: number): boolean {
    const [one, other] = [this.heap[left], this.heap[right]];
    if (!one || !other) return false;
    return one.at === other.at ? one.nth < other.nth : one.at < other.at;
  }

  private swap(left: number, right: number): void {
    const [one, other] = [this.heap[left], this.heap[right]];
    if (!one || !other) return;
    this.heap[left] = other;
    this.heap[right] = one;
  }
}
