import { pathToFileURL } from 'node:url';

import type { PayloadCodec } from '@reprise/common';

/** The codecs of a module: what it exports as `payloadCodecs`, or as `default`. */
export async function loadCodecs(file: string | undefined): Promise<readonly PayloadCodec[]> {
  if (file === undefined) return [];
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const codecs = module['payloadCodecs'] ?? module['default'];
  if (Array.isArray(codecs)) return codecs as PayloadCodec[];
  throw new TypeError(`${file}: expected an array exported as payloadCodecs, found ${typeof codecs}`);
}
