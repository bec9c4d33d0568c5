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
      if (parts === undefined) throw invalidUrl(String(url));
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
      if (url.#change(name, value) && name === 'search') url.#params = undefined;
    }

    #change(name: string, value: string): boolean {
      const changed = parse(this.#parts.href, undefined, { name, value });
      if (changed !== undefined) this.#parts = changed;
      return changed !== undefined;
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
        this.#params ?? searchParamsOf(this.#parts.search, () => this.#change('search', params.toString()));
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
  defineParts(URL.prototype, URL);
  Reflect.deleteProperty(URL, 'partOf');
  Reflect.deleteProperty(URL, 'change');
  return URL;
}

const invalidUrl = (input: string): TypeError =>
  Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input });

interface PartAccess<Url> {
  partOf(url: Url, name: keyof UrlParts): string;
  change(url: Url, name: string, value: string): void;
}

function defineParts<Url>(prototype: object, { partOf, change }: PartAccess<Url>): void {
  for (const name of SETTABLE) {
    const accessors = {
      get(this: Url) {
        return partOf(this, name);
      },
      set(this: Url, value: unknown) {
        change(this, name, String(value));
      },
    };
    Object.defineProperty(prototype, name, {
      get: accessors.get,
      set: accessors.set,
      enumerable: true,
      configurable: true,
    });
  }
}
