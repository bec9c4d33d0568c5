import { checkOption, checkOptions } from '../check-options.ts';
import { ValueError } from '../errors.ts';
import { isRecord } from '../brand.ts';
import { errorCode, errorMessage } from '../text-bytes.ts';
import { defaultPayloadConverter } from './default-payload-converter.ts';
import { defaultFailureConverter, type FailureConverter } from './failure-converter.ts';
import type { ExternalStorage } from './external-storage.ts';
import { failureConverterInContext, payloadCodecInContext } from './in-context.ts';
import type { PayloadConverter } from './payload-converter.ts';
import { payloadConverterInContext } from './payload-converter-in-context.ts';
import type { PayloadCodec } from './payload-codec.ts';
import type { SerializationContext } from './serialization-context.ts';

/**
 * How values become payloads. Converters also run inside workflows, so they are named by the path of a module that is
 * bundled; codecs run outside only.
 */
export interface DataConverter {
  /** The absolute path of a module that exports `payloadConverter`. */
  payloadConverterPath?: string;
  /** The absolute path of a module that exports `failureConverter`. */
  failureConverterPath?: string;
  /** Applied in this order when encoding, in reverse when decoding. */
  payloadCodecs?: PayloadCodec[];
  /** Where large payloads are kept, in place of the server; they come to it encoded. Default: nowhere else. */
  externalStorage?: ExternalStorage;
}

/** A data converter whose modules are loaded. */
export interface LoadedDataConverter {
  payloadConverter: PayloadConverter;
  failureConverter: FailureConverter;
  payloadCodecs: PayloadCodec[];
  externalStorage?: ExternalStorage | undefined;
}

/** The data converter that is used when none is configured: JSON, no codecs. */
export const defaultDataConverter: LoadedDataConverter = {
  payloadConverter: defaultPayloadConverter,
  failureConverter: defaultFailureConverter,
  payloadCodecs: [],
};

function hasMethods(value: unknown, names: readonly string[]): boolean {
  return isRecord(value) && names.every((name) => typeof value[name] === 'function');
}

/** The converter that a module exports. Throws ValueError when the module does not export one. */
export function payloadConverterOf(module: unknown, path: string): PayloadConverter {
  const converter = isRecord(module) ? module['payloadConverter'] : undefined;
  if (converter === undefined) throw new ValueError(`Module ${path} does not have a \`payloadConverter\` named export`);
  if (!hasMethods(converter, ['toPayload', 'fromPayload'])) {
    throw new ValueError(`payloadConverter export at ${path} must be an object with toPayload and fromPayload methods`);
  }
  return converter as PayloadConverter;
}

/** The failure converter that a module exports. Throws ValueError when the module does not export one. */
export function failureConverterOf(module: unknown, path: string): FailureConverter {
  const converter = isRecord(module) ? module['failureConverter'] : undefined;
  if (converter === undefined) throw new ValueError(`Module ${path} does not have a \`failureConverter\` named export`);
  if (!hasMethods(converter, ['errorToFailure', 'failureToError'])) {
    throw new ValueError(
      `failureConverter export at ${path} must be an object with errorToFailure and failureToError methods`,
    );
  }
  return converter as FailureConverter;
}

const known: { readonly [Name in keyof Required<DataConverter>]: true } = {
  payloadConverterPath: true,
  failureConverterPath: true,
  payloadCodecs: true,
  externalStorage: true,
};

function checkDataConverter(dataConverter: DataConverter): void {
  checkOptions('dataConverter', dataConverter, {
    payloadConverterPath: 'string',
    failureConverterPath: 'string',
    payloadCodecs: 'array',
    externalStorage: 'object',
  });
  const { externalStorage } = dataConverter;
  if (externalStorage !== undefined && !hasMethods(externalStorage, ['getDriver', 'driverSelector']))
    throw new TypeError('dataConverter.externalStorage must be an ExternalStorage');
  for (const [at, codec] of (dataConverter.payloadCodecs ?? []).entries()) {
    const where = `dataConverter.payloadCodecs[${at}]`;
    checkOption(where, codec, 'object');
    checkOption(`${where}.encode`, codec.encode, 'function');
    checkOption(`${where}.decode`, codec.decode, 'function');
  }
  for (const [name, value] of Object.entries(dataConverter)) {
    if (value === undefined || name in known) continue;
    throw new TypeError(`dataConverter.${name} is not supported`);
  }
}

/**
 * Loads the modules that a data converter names; `load` is the host's `require`.
 *
 * @throws TypeError for options that are wrong or unknown, ValueError for modules that are missing or export something else
 */
export function loadDataConverter(
  dataConverter: DataConverter | undefined,
  load: (path: string) => unknown,
): LoadedDataConverter {
  checkDataConverter(dataConverter ?? {});
  const {
    payloadConverterPath: payload,
    failureConverterPath: failure,
    payloadCodecs,
    externalStorage,
  } = dataConverter ?? {};
  return {
    payloadConverter:
      payload === undefined
        ? defaultPayloadConverter
        : payloadConverterOf(loadModule(load, 'payloadConverterPath', payload), payload),
    failureConverter:
      failure === undefined
        ? defaultFailureConverter
        : failureConverterOf(loadModule(load, 'failureConverterPath', failure), failure),
    payloadCodecs: payloadCodecs ?? [],
    externalStorage,
  };
}

function loadModule(load: (path: string) => unknown, option: string, path: string): unknown {
  try {
    return load(path);
  } catch (error) {
    const isMissing = errorCode(error) === 'MODULE_NOT_FOUND' && errorMessage(error)?.includes(`'${path}'`) === true;
    if (!isMissing) throw error;
    throw new ValueError(`Could not find a file at the specified ${option}: '${path}'.`, error);
  }
}

/** The same converter for one context. */
export function dataConverterWithContext(
  converter: LoadedDataConverter,
  context: SerializationContext,
): LoadedDataConverter {
  return {
    payloadConverter: payloadConverterInContext(converter.payloadConverter, context),
    failureConverter: failureConverterInContext(converter.failureConverter, context),
    payloadCodecs: converter.payloadCodecs.map((codec) => payloadCodecInContext(codec, context)),
    externalStorage: converter.externalStorage,
  };
}

/** Whether this is a converter already, and not the paths of what makes one. */
export function isLoadedDataConverter(
  converter: DataConverter | LoadedDataConverter | undefined,
): converter is LoadedDataConverter {
  return converter !== undefined && Object.hasOwn(converter, 'payloadConverter');
}
