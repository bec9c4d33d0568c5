/**
 * URL. Parsing is a pure function of text, which the host does by its own implementation of the standard; text goes there
 * and text comes back.
 */
import { searchParamsOf, type URLSearchParams } from './url-search-params.ts';

/** The components of a URL, as text. */
export interface UrlParts {
  href: string;
  origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
}

/** Parses a URL against a base, then sets one component if asked. Gives JSON text of the parts, or undefined. */
export type ParseUrl = (
  href: string,
  base: string | undefined,
  change?: { name: string; value: string },
) => UrlParts | undefined;

const SETTABLE = [
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;

export function makeUrl(parse: ParseUrl): unknown {
  class URL {
    #parts: UrlParts;
    #params: URLSearchParams | undefined;

    constructor(url: unknown, base?: unknown) {
      const parts = parse(String(url), base === undefined ? undefined : String(base));
      if (parts === undefined)
        throw Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input: String(url) });
      this.#parts = parts;
    }

    static canParse(url: unknown, base?: unknown): boolean {
      return parse(String(url), base === undefined ? undefined : String(base)) !== undefined;
    }

    static parse(url: unknown, base?: unknown): URL | null {
      return URL.canParse(url, base) ? new URL(url, base) : null;
    }

    static partOf(url: URL, name: keyof UrlParts): string {
      return url.#parts[name];
    }

    static change(url: URL, name: string, value: string): void {
      const changed = parse(url.#parts.href, undefined, { name, value });
      if (changed === undefined) return;
      url.#parts = changed;
      if (name === 'search' || name === 'href') url.#params = undefined;
    }

    get href(): string {
      return this.#parts.href;
    }

    set href(value: unknown) {
      this.#parts = new URL(value).#parts;
      this.#params = undefined;
    }

    get origin(): string {
      return this.#parts.origin;
    }

    get searchParams(): URLSearchParams {
      const params =
        this.#params ??
        searchParamsOf(this.#parts.search, () => {
          const query = params.toString();
          const changed = parse(this.#parts.href, undefined, { name: 'search', value: query });
          if (changed !== undefined) this.#parts = changed;
        });
      this.#params = params;
      return params;
    }

    toString(): string {
      return this.#parts.href;
    }

    toJSON(): string {
      return this.#parts.href;
    }

    get [Symbol.toStringTag](): string {
      return 'URL';
    }
  }
  const { partOf, change } = URL;
  for (const name of SETTABLE) {
    const accessors = {
      get(this: URL) {
        return partOf(this, name);
      },
      set(this: URL, value: unknown) {
        change(this, name, String(value));
      },
    };
    Object.defineProperty(URL.prototype, name, {
      get: accessors.get,
      set: accessors.set,
      enumerable: true,
      configurable: true,
    });
  }
  Reflect.deleteProperty(URL, 'partOf');
  Reflect.deleteProperty(URL, 'change');
  return URL;
}
