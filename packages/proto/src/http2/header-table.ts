/** The table that HPACK's indexes point into: 61 fields that never change, then those that were sent before, newest first. */

export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

const field = (text: string): HeaderField => {
  const [name = '', value = ''] = text.split('=');
  return { name, value };
};

/** RFC 7541, appendix A. */
const staticFields: readonly HeaderField[] = (
  ':authority|:method=GET|:method=POST|:path=/|:path=/index.html|:scheme=http|:scheme=https|:status=200|:status=204|' +
  ':status=206|:status=304|:status=400|:status=404|:status=500|accept-charset|accept-encoding=gzip, deflate|' +
  'accept-language|accept-ranges|accept|access-control-allow-origin|age|allow|authorization|cache-control|' +
  'content-disposition|content-encoding|content-language|content-length|content-location|content-range|content-type|' +
  'cookie|date|etag|expect|expires|from|host|if-match|if-modified-since|if-none-match|if-range|if-unmodified-since|' +
  'last-modified|link|location|max-forwards|proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after|' +
  'server|set-cookie|strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate'
)
  .split('|')
  .map(field);

const overheadBytes = 32;

/** What a field counts for, here and in limits of whole lists. */
export const fieldBytes = ({ name, value }: HeaderField): number => name.length + value.length + overheadBytes;

/** Index of a field of the static table with this name and value, or else of one with this name; 0 when there is none. */
export function staticIndex(name: string, value: string): { index: number; withValue: boolean } {
  const exact = staticFields.findIndex((known) => known.name === name && known.value === value);
  if (exact >= 0 && value !== '') return { index: exact + 1, withValue: true };
  return { index: staticFields.findIndex((known) => known.name === name) + 1, withValue: false };
}

export class HeaderTable {
  /** Oldest first. */
  readonly #recent: HeaderField[] = [];
  #bytes = 0;
  #mostBytes: number;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Undefined when the index points at nothing. */
  at(index: number): HeaderField | undefined {
    if (index <= staticFields.length) return staticFields[index - 1];
    return this.#recent[this.#recent.length - (index - staticFields.length)];
  }

  /** A field that is larger than the table leaves it empty. */
  add(added: HeaderField): void {
    this.#bytes += fieldBytes(added);
    this.#recent.push(added);
    this.#evict();
  }

  resize(mostBytes: number): void {
    this.#mostBytes = mostBytes;
    this.#evict();
  }

  #evict(): void {
    while (this.#bytes > this.#mostBytes) {
      const oldest = this.#recent.shift();
      if (!oldest) return;
      this.#bytes -= fieldBytes(oldest);
    }
  }
}
