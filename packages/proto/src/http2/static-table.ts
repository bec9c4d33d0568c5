/** The header fields that everybody knows (RFC 7541, appendix A): indexes count from 1. */
import type { HeaderField } from './header-field.ts';

export const staticTable: readonly HeaderField[] = (
  ':authority|:method=GET|:method=POST|:path=/|:path=/index.html|:scheme=http|:scheme=https|:status=200|:status=204|' +
  ':status=206|:status=304|:status=400|:status=404|:status=500|accept-charset|accept-encoding=gzip, deflate|' +
  'accept-language|accept-ranges|accept|access-control-allow-origin|age|allow|authorization|cache-control|' +
  'content-disposition|content-encoding|content-language|content-length|content-location|content-range|content-type|' +
  'cookie|date|etag|expect|expires|from|host|if-match|if-modified-since|if-none-match|if-range|if-unmodified-since|' +
  'last-modified|link|location|max-forwards|proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after|' +
  'server|set-cookie|strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate'
)
  .split('|')
  .map((text) => {
    const [name = '', value = ''] = text.split('=');
    return [name, value];
  });

export interface StaticName {
  /** Of the first field of this name. */
  readonly index: number;
  readonly indexByValue: ReadonlyMap<string, number>;
}

const indexes = new Map<string, { readonly index: number; readonly indexByValue: Map<string, number> }>();
for (const [at, [name, value]] of staticTable.entries()) {
  const known = indexes.get(name);
  if (known) known.indexByValue.set(value, at + 1);
  else indexes.set(name, { index: at + 1, indexByValue: new Map([[value, at + 1]]) });
}

export const staticNames: ReadonlyMap<string, StaticName> = indexes;
