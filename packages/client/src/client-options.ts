import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { pathToFileURL } from 'node:url';
import { checkOptions, checkSpelling, describeOption, loadDataConverter } from '@reprise/common';
import type { DataConverter, LoadedDataConverter } from '@reprise/common';
import { Connection } from './connection.ts';
import type { ConnectionLike } from './connection.ts';

/** What all clients take. */
export interface BaseClientOptions {
  /** A lazy connection to `localhost:7233` by default. */
  connection?: ConnectionLike;
  /** `default` by default. */
  namespace?: string;
  /** Who makes the calls, as histories show it; `pid@host` by default. */
  identity?: string;
  /** How values become payloads. */
  dataConverter?: DataConverter;
}

/** `BaseClientOptions` with the defaults filled in and the converters loaded. */
export interface LoadedBaseClientOptions {
  readonly connection: ConnectionLike;
  readonly namespace: string;
  readonly identity: string;
  readonly dataConverter: DataConverter;
  readonly loadedDataConverter: LoadedDataConverter;
}

/** What this client and the others know. */
const known = {
  connection: true,
  namespace: true,
  identity: true,
  dataConverter: true,
  interceptors: true,
  plugins: true,
  workflow: true,
  queryRejectCondition: true,
} as const;

/** Fills in the defaults and loads the converters. */
export function loadBaseClientOptions(options: BaseClientOptions): LoadedBaseClientOptions {
  checkOptions('ClientOptions', options, { namespace: 'string', identity: 'string', dataConverter: 'object' });
  checkSpelling('ClientOptions', options, known);
  const { connection } = options;
  if (connection !== undefined && typeof connection?.workflowService !== 'object') {
    throw new TypeError(
      `ClientOptions.connection must be what Connection.connect(...) gives, got ${describeOption(connection)}`,
    );
  }
  return {
    connection: connection ?? Connection.lazy(),
    namespace: options.namespace ?? 'default',
    identity: options.identity ?? `${String(process.pid)}@${hostname()}`,
    dataConverter: options.dataConverter ?? {},
    loadedDataConverter: loadDataConverter(options.dataConverter, loadModule),
  };
}

// `require` takes a converter that is CommonJS or ESM alike, without making every constructor asynchronous.
function loadModule(path: string): unknown {
  return createRequire(pathToFileURL(`${process.cwd()}/`))(path);
}
