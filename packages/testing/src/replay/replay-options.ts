import type { ExternalStorage, PayloadCodec } from '@reprise/common';

/** Which code to replay against, and how strictly. One of `workflowsPath` and `workflowBundle` is needed. */
export interface ReplayOptions {
  /** The module that exports the workflows, in TypeScript or JavaScript: a file, or a folder with an index file. */
  workflowsPath?: string;
  /** A bundle instead: its text, or the file that it was written to. */
  workflowBundle?: { code: string } | { codePath: string };
  /** Modules that export `interceptors`, as the worker is given them. */
  workflowInterceptorModules?: readonly string[];
  /** The module that exports `payloadConverter`, as the worker is given it. */
  payloadConverterPath?: string;
  /** The module that exports `failureConverter`, as the worker is given it. */
  failureConverterPath?: string;
  /** The codecs of the workers that recorded the histories, in their order. */
  payloadCodecs?: readonly PayloadCodec[];
  /** Where the workers that recorded the histories keep large payloads. */
  externalStorage?: ExternalStorage;
  /** Modules that workflow code imports and never uses at run time. */
  ignoreModules?: readonly string[];
  /** How long workflow code may run without waiting, in milliseconds, before it is R1010. Default 5000, as in workers. */
  activationTimeoutMs?: number;
  /** For histories that do not say it. Default `default`. */
  namespace?: string;
  /** Changed arguments, results, timer lengths and options are errors, not warnings. Default false. */
  strict?: boolean;
  /** Places are shown relative to this folder. Default: the working directory. */
  cwd?: string;
}
