import type { LogFormat, LogLevel } from './system/logger.ts';
import type { SearchAttributeType } from './system/search-attribute/search-attribute-type.ts';
import type { Clock } from './time/clock.ts';

/** How the server proves who it is, and optionally asks its clients to. */
export interface ServerTlsOptions {
  /** PEM. */
  readonly certificate: Buffer;
  /** PEM. */
  readonly key: Buffer;
  /** PEM. When given, clients must show a certificate that this authority has signed. */
  readonly clientCa?: Buffer;
}

export interface ServerOptions {
  /** Address to listen on; default 127.0.0.1. Others than loopback need `tls.clientCa`, `apiKeys` or `allowRemote`. */
  readonly ip?: string;
  /** Port to listen on, 0 for any free one. Absent: none is opened until `listen()` is called. */
  readonly port?: number;
  /** SQLite file that holds everything. Absent: everything is in memory, and gone when the server stops. */
  readonly dbFilename?: string;
  /** Namespaces to create beside `default`, with a retention of a day. */
  readonly namespaces?: readonly string[];
  /** Custom search attributes to create in these namespaces and in `default`. */
  readonly searchAttributes?: Readonly<Record<string, SearchAttributeType>>;
  /** Limits and switches by their names in dynamic configuration. Unknown names are logged. */
  readonly dynamicConfig?: Readonly<Record<string, unknown>>;
  /** Default `warn`. */
  readonly logLevel?: LogLevel;
  /** `text` for people, `json` (the default) for machines: one object a line. */
  readonly logFormat?: LogFormat;
  /** Takes the log's lines; default: standard error. */
  readonly writeLog?: (line: string) => void;
  /** Source of time; default: the machine's clock. */
  readonly clock?: Clock;
  /** Makes ids and jitter repeatable. */
  readonly seed?: number;
  /** Registers TestService, by which clients let virtual time jump over waiting. */
  readonly timeSkipping?: boolean;
  readonly tls?: ServerTlsOptions;
  /** When given, calls must carry one of them as `authorization: Bearer ...`. */
  readonly apiKeys?: readonly string[];
  /** Listen on an address that others can reach although nothing keeps them out. */
  readonly allowRemote?: boolean;
  /** Serves Prometheus metrics on this port, 0 for any free one. */
  readonly metricsPort?: number;
  /** Makes each commit take so much longer, as on a slower disk; default 0. For measurements. */
  readonly commitDelayMs?: number;
}
