/** URLSearchParams, as the URL standard has it. `onChange` tells the URL that owns it. */
import { TextDecoder, TextEncoder } from './text-encoding.ts';

const encoder = new TextEncoder();
const changeListeners = new WeakMap<URLSearchParams, () => void>();

/** Parameters that belong to a URL. */
export function searchParamsOf(query: string, onChange: () => void): URLSearchParams {
  const params = new URLSearchParams(query);
  changeListeners.set(params, onChange);
  return params;
}

type Init = string | Iterable<readonly [unknown, unknown]> | Record<string, unknown> | undefined | null;

export class URLSearchParams {
  #pairs: [string, string][];

  constructor(init?: Init) {
    this.#pairs = pairsOf(init);
  }

  get size(): number {
    return this.#pairs.length;
  }

  append(name: unknown, value: unknown): void {
    this.#pairs.push([wellFormed(name), wellFormed(value)]);
    this.#changed();
  }

  delete(name: unknown, value?: unknown): void {
    this.#pairs = this.#pairs.filter(
      ([key, held]) => key !== String(name) || (value !== undefined && held !== String(value)),
    );
    this.#changed();
  }

  get(name: unknown): string | null {
    return this.#pairs.find(([key]) => key === String(name))?.[1] ?? null;
  }

  getAll(name: unknown): string[] {
    return this.#pairs.filter(([key]) => key === String(name)).map(([, value]) => value);
  }

  has(name: unknown, value?: unknown): boolean {
    return this.#pairs.some(([key, held]) => key === String(name) && (value === undefined || held === String(value)));
  }

  set(name: unknown, value: unknown): void {
    const key = wellFormed(name);
    const first = this.#pairs.findIndex(([held]) => held === key);
    if (first === -1) this.#pairs.push([key, wellFormed(value)]);
    else
      this.#pairs = this.#pairs.flatMap((pair, i) =>
        pair[0] !== key ? [pair] : i === first ? [[key, wellFormed(value)]] : [],
      );
    this.#changed();
  }

  sort(): void {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed();
  }

  forEach(callback: (value: string, name: string, params: URLSearchParams) => void, self?: unknown): void {
    for (const [name, value] of this.#pairs) Reflect.apply(callback, self, [value, name, this]);
  }

  *entries(): IterableIterator<[string, string]> {
    for (let i = 0; i < this.#pairs.length; i++) {
      const pair = this.#pairs[i];
      if (pair !== undefined) yield [...pair];
    }
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }

  toString(): string {
    return this.#pairs.map(([name, value]) => `${encodeForm(name)}=${encodeForm(value)}`).join('&');
  }

  get [Symbol.toStringTag](): string {
    return 'URLSearchParams';
  }

  #changed(): void {
    changeListeners.get(this)?.();
  }
}

function pairsOf(init: Init): [string, string][] {
  if (init === undefined || init === null) return [];
  if (typeof init !== 'object') return parseForm(String(init));
  if (Symbol.iterator in init) {
    return [...init].map((pair) => {
      const [name, value, ...more] = [...(pair as Iterable<unknown>)];
      if (value === undefined || more.length > 0)
        throw new TypeError('Each query pair must be an iterable [name, value] tuple');
      return [wellFormed(name), wellFormed(value)];
    });
  }
  return Object.entries(init).map(([name, value]) => [wellFormed(name), wellFormed(value)]);
}

function parseForm(text: string): [string, string][] {
  const query = text.startsWith('?') ? text.slice(1) : text;
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at === -1 ? [decodeForm(part), ''] : [decodeForm(part.slice(0, at)), decodeForm(part.slice(at + 1))];
    });
}

function decodeForm(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  const bytes: number[] = [];
  const source = encoder.encode(spaced);
  for (let i = 0; i < source.length; i++) {
    const hex = source[i] === 0x25 ? String.fromCharCode(source[i + 1] ?? 0, source[i + 2] ?? 0) : '';
    if (/^[\da-f]{2}$/i.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      i += 2;
    } else bytes.push(source[i] ?? 0);
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(bytes));
}

function encodeForm(text: string): string {
  if (/^[\w*.-]*$/.test(text)) return text;
  let out = '';
  for (const byte of encoder.encode(text)) {
    const character = String.fromCharCode(byte);
    out +=
      byte === 0x20
        ? '+'
        : /[\w*.-]/.test(character)
          ? character
          : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

/** Lone surrogates become the replacement character. */
function wellFormed(value: unknown): string {
  return (String(value) as string & { toWellFormed(): string }).toWellFormed();
}
