/**
 * Values that come and go by the thousand a second. A `Set` would do but for one thing: each time it moves to a new table,
 * the old one points to it, and once one of them has grown old, the collector of young objects keeps all that the later
 * ones ever held.
 *
 * I1. A place that is left points to nothing.
 */

/** Where a value is in its list. */
export interface Place<T> {
  readonly value: T;
  previous: Place<T> | undefined;
  next: Place<T> | undefined;
}

export class LinkedList<T> {
  #first: Place<T> | undefined;
  #last: Place<T> | undefined;

  add(value: T): Place<T> {
    const place: Place<T> = { value, previous: this.#last, next: undefined };
    if (this.#last === undefined) this.#first = place;
    else this.#last.next = place;
    this.#last = place;
    return place;
  }

  /** Each place is left once. */
  remove(place: Place<T>): void {
    const { previous, next } = place;
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    place.previous = undefined; // I1
    place.next = undefined;
  }

  /** The values that are there now; they may leave meanwhile. */
  values(): T[] {
    const values: T[] = [];
    for (let place = this.#first; place !== undefined; place = place.next) values.push(place.value);
    return values;
  }
}
