/** AbortController, AbortSignal, and as much of EventTarget as they need. */
export class DOMException extends Error {
  readonly code: number;

  constructor(message = '', name = 'Error') {
    super(message);
    Object.defineProperty(this, 'name', { value: name, writable: true, configurable: true, enumerable: false });
    this.code = name === 'AbortError' ? 20 : name === 'TimeoutError' ? 23 : name === 'DataCloneError' ? 25 : 0;
  }
}

export class Event {
  readonly type: string;
  readonly cancelable: boolean;
  target: unknown = null;
  currentTarget: unknown = null;
  defaultPrevented = false;
  stopped = false;

  constructor(type: unknown, init: { cancelable?: boolean } = {}) {
    this.type = String(type);
    this.cancelable = Boolean(init.cancelable);
  }

  preventDefault(): void {
    if (this.cancelable) this.defaultPrevented = true;
  }

  stopImmediatePropagation(): void {
    this.stopped = true;
  }

  /** There is no tree to propagate through. */
  stopPropagation(): void {}
}

type Listener = ((event: Event) => unknown) | { handleEvent(event: Event): unknown };
interface ListenerOptions {
  once?: boolean;
  signal?: AbortSignal;
}

export class EventTarget {
  readonly #listeners = new Map<string, { listener: Listener; once: boolean }[]>();

  addEventListener(type: string, listener: Listener | null, options?: ListenerOptions | boolean): void {
    if (listener === null || listener === undefined) return;
    const list = this.#listeners.get(type) ?? [];
    const { once = false, signal } = typeof options === 'object' ? options : {};
    if (signal?.aborted === true || list.some((entry) => entry.listener === listener)) return;
    list.push({ listener, once });
    this.#listeners.set(type, list);
    signal?.addEventListener('abort', () => this.removeEventListener(type, listener), { once: true });
  }

  removeEventListener(type: string, listener: Listener | null): void {
    const list = this.#listeners.get(type) ?? [];
    this.#listeners.set(
      type,
      list.filter((entry) => entry.listener !== listener),
    );
  }

  dispatchEvent(event: Event): boolean {
    event.target = this;
    event.currentTarget = this;
    for (const { listener, once } of this.#listeners.get(event.type) ?? []) {
      if (event.stopped) break;
      if (once) this.removeEventListener(event.type, listener);
      if (typeof listener === 'function') Reflect.apply(listener, this, [event]);
      else listener.handleEvent(event);
    }
    return !event.defaultPrevented;
  }
}

const allowed = Symbol('made by this module');
let abortSignal: (signal: AbortSignal, reason: unknown) => void;

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason: unknown;
  onabort: ((event: Event) => unknown) | null = null;

  constructor(key?: unknown) {
    super();
    if (key !== allowed) throw new TypeError('Illegal constructor');
  }

  static {
    abortSignal = (signal, reason) => {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
      const event = new Event('abort');
      if (typeof signal.onabort === 'function') Reflect.apply(signal.onabort, signal, [event]);
      signal.dispatchEvent(event);
    };
  }

  static abort(reason?: unknown): AbortSignal {
    const signal = new AbortSignal(allowed);
    abortSignal(signal, reason);
    return signal;
  }

  /** Aborts after a workflow timer. */
  static timeout(ms: number): AbortSignal {
    const signal = new AbortSignal(allowed);
    setTimeout(
      () => abortSignal(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
      ms,
    );
    return signal;
  }

  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const all = [...signals];
    const dependent = new AbortSignal(allowed);
    const aborted = all.find((signal) => signal.aborted);
    if (aborted !== undefined) abortSignal(dependent, aborted.reason);
    else
      for (const signal of all)
        signal.addEventListener('abort', () => abortSignal(dependent, signal.reason), { once: true });
    return dependent;
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason;
  }

  get [Symbol.toStringTag](): string {
    return 'AbortSignal';
  }
}

export class AbortController {
  readonly #signal = new AbortSignal(allowed);

  get signal(): AbortSignal {
    return this.#signal;
  }

  abort(reason?: unknown): void {
    abortSignal(this.#signal, reason);
  }

  get [Symbol.toStringTag](): string {
    return 'AbortController';
  }
}
