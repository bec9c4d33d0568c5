/** A binary heap in which any entry can be replaced or taken out by its key. */
export class KeyedHeap<Entry extends { readonly key: string }> {
  readonly #before: (a: Entry, b: Entry) => boolean;
  readonly #entries: Entry[] = [];
  readonly #places = new Map<string, number>();

  constructor(before: (a: Entry, b: Entry) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#entries.length;
  }

  peek(): Entry | undefined {
    return this.#entries[0];
  }

  pop(): Entry | undefined {
    const first = this.#entries[0];
    if (first) this.delete(first.key);
    return first;
  }

  has(key: string): boolean {
    return this.#places.has(key);
  }

  /** In no particular order. */
  values(): readonly Entry[] {
    return this.#entries;
  }

  set(entry: Entry): void {
    this.delete(entry.key);
    this.#entries.push(entry);
    this.#places.set(entry.key, this.#entries.length - 1);
    this.#rise(this.#entries.length - 1);
  }

  delete(key: string): void {
    const place = this.#places.get(key);
    if (place === undefined) return;
    this.#places.delete(key);
    const last = this.#entries.pop();
    if (last === undefined || last.key === key) return;
    this.#put(last, place);
    this.#rise(place);
    this.#sink(this.#places.get(last.key) ?? place);
  }

  #put(entry: Entry, place: number): void {
    this.#entries[place] = entry;
    this.#places.set(entry.key, place);
  }

  #rise(from: number): void {
    const entry = this.#entries[from];
    if (!entry) return;
    let place = from;
    while (place > 0) {
      const parentPlace = (place - 1) >> 1;
      const parent = this.#entries[parentPlace];
      if (!parent || !this.#before(entry, parent)) break;
      this.#put(parent, place);
      place = parentPlace;
    }
    this.#put(entry, place);
  }

  #sink(from: number): void {
    const entry = this.#entries[from];
    if (!entry) return;
    let place = from;
    for (;;) {
      const left = this.#entries[2 * place + 1];
      const right = this.#entries[2 * place + 2];
      const goRight = right !== undefined && left !== undefined && this.#before(right, left);
      const child = goRight ? right : left;
      if (!child || !this.#before(child, entry)) break;
      this.#put(child, place);
      place = 2 * place + (goRight ? 2 : 1);
    }
    this.#put(entry, place);
  }
}
