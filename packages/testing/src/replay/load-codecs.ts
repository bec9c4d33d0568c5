import { pathToFileURL } from 'node:url';

import type { PayloadCodec } from '@reprise/common';

/** The module of the payload codecs is not there, or is none. */
export class CodecModuleError extends Error {
  override readonly name = 'CodecModuleError';
}

/**
 * The codecs of a module: what it exports as `payloadCodecs`, or as `default`.
 *
 * @throws CodecModuleError with the reason
 */
export async function loadCodecs(file: string | undefined): Promise<readonly PayloadCodec[]> {
  if (file === undefined) return [];
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    throw new CodecModuleError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const codecs = module['payloadCodecs'] ?? module['default'];
  if (Array.isArray(codecs)) return codecs as PayloadCodec[];
  throw new CodecModuleError(`${file}: expected an array exported as payloadCodecs, found ${typeof codecs}`);
}
