import { pathToFileURL } from 'node:url';

import type { ExternalStorage, PayloadCodec } from '@reprise/common';

import type { PayloadDecoding } from '../corpus/decode-payloads.ts';

/** The modules that say how payloads are read, absolute. */
export interface PayloadModules {
  /** Exports the codecs as `payloadCodecs`, or as `default`. */
  readonly codecFile?: string | undefined;
  /** Exports the storage as `externalStorage`, or as `default`. */
  readonly storageFile?: string | undefined;
}

/** A module of payload codecs or of external storage is not there, or is none. */
export class PayloadModuleError extends Error {
  override readonly name = 'PayloadModuleError';
}

/**
 * What the modules export.
 *
 * @throws PayloadModuleError with the reason
 */
export async function loadPayloadModules({ codecFile, storageFile }: PayloadModules): Promise<PayloadDecoding> {
  const payloadCodecs = await exportOf(codecFile, 'payloadCodecs', 'an array of codecs', isCodecs);
  const externalStorage = await exportOf(storageFile, 'externalStorage', 'an ExternalStorage', isStorage);
  return { payloadCodecs: payloadCodecs ?? [], externalStorage };
}

async function exportOf<T>(
  file: string | undefined,
  name: string,
  what: string,
  isOne: (value: unknown) => value is T,
): Promise<T | undefined> {
  if (file === undefined) return undefined;
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    throw new PayloadModuleError(`${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const value = module[name] ?? module['default'];
  if (isOne(value)) return value;
  throw new PayloadModuleError(`${file}: expected ${what}, exported as ${name} or as default, found ${typeof value}`);
}

function isCodecs(value: unknown): value is PayloadCodec[] {
  return Array.isArray(value) && value.every((codec) => typeof (codec as Partial<PayloadCodec>)?.decode === 'function');
}

/** By what it can do: it may come from another copy of the package. */
function isStorage(value: unknown): value is ExternalStorage {
  return typeof value === 'object' && value !== null && 'getDriver' in value && typeof value.getDriver === 'function';
}
