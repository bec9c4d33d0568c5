/** Tokens that say where the next page of a list begins: JSON objects of numbers and texts. */
import { maskedError } from './masked-error.ts';

export const writePageToken = (place: Readonly<Record<string, string | number>>): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(place));

/** A place in a list. What a token leaves out is 0 or empty, as in the service. */
export class PagePlace {
  readonly #fields: Readonly<Record<string, unknown>>;

  private constructor(fields: Readonly<Record<string, unknown>>) {
    this.#fields = fields;
  }

  /**
   * @returns undefined when no token is given
   * @throws ServiceError UNKNOWN for what is no token at all
   */
  static read(token: Uint8Array | null | undefined): PagePlace | undefined {
    if (!token?.length) return undefined;
    let place: unknown;
    try {
      place = JSON.parse(new TextDecoder().decode(token));
    } catch {
      place = [];
    }
    if (typeof place !== 'object' || Array.isArray(place)) throw maskedError('unreadable page token');
    return new PagePlace((place ?? {}) as Record<string, unknown>);
  }

  number(name: string): number {
    return Number(this.#fields[name]) || 0;
  }

  text(name: string): string {
    return String(this.#fields[name] ?? '');
  }
}
