/** The server in this process, from the options that users know. */
import { parseArgs } from 'node:util';

import type { SearchAttributeType } from '@reprise/common';
import type * as ServerLite from '@reprise/server-lite';
import type { LogLevel, SearchAttributeType as ServerAttributeType, ServerOptions } from '@reprise/server-lite';

import type { DevServerConfig, EmbeddedServerOptions } from './environment-options.ts';

/** What an environment may say of its server. */
export type ServerConfig = Omit<DevServerConfig, 'type'> & EmbeddedServerOptions;

const LOG_LEVELS: Readonly<Record<string, LogLevel>> = {
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  error: 'error',
  fatal: 'error',
  never: 'none',
  none: 'none',
};

const ATTRIBUTE_TYPES: Readonly<Record<SearchAttributeType, ServerAttributeType>> = {
  TEXT: 'Text',
  KEYWORD: 'Keyword',
  INT: 'Int',
  DOUBLE: 'Double',
  BOOL: 'Bool',
  DATETIME: 'Datetime',
  KEYWORD_LIST: 'KeywordList',
};

/** How the server reads the arguments of its command line. */
type ServerParsers = Pick<typeof ServerLite, 'parseConfigValue' | 'parseSearchAttribute'>;

/**
 * The options of the server in this process.
 *
 * @throws TypeError for what it cannot do
 */
export function embeddedServerOptions(config: ServerConfig, serverLite: ServerParsers): ServerOptions {
  refuse(config);
  const extra = optionsOfArgs(config.extraArgs ?? [], serverLite);
  const dbFilename = config.dbFilename ?? extra.dbFilename;
  return {
    namespaces: [
      ...(config.namespaces ?? []),
      ...(config.namespace === undefined ? [] : [config.namespace]),
      ...extra.namespaces,
    ],
    searchAttributes: {
      ...Object.fromEntries((config.searchAttributes ?? []).map(({ name, type }) => [name, ATTRIBUTE_TYPES[type]])),
      ...extra.searchAttributes,
    },
    dynamicConfig: { ...config.dynamicConfig, ...extra.dynamicConfig },
    logLevel: logLevel(config.log?.level ?? extra.logLevel ?? 'warn'),
    logFormat: logFormat(config.log?.format ?? extra.logFormat ?? 'pretty'),
    ...(dbFilename === undefined ? {} : { dbFilename }),
    ...(config.ip === undefined ? {} : { ip: config.ip }),
    ...(config.port === undefined ? {} : { port: config.port }),
    ...(config.clock === undefined ? {} : { clock: config.clock }),
    ...(config.seed === undefined ? {} : { seed: config.seed }),
    ...(config.writeLog === undefined ? {} : { writeLog: config.writeLog }),
  };
}

function refuse({ ui, uiPort }: ServerConfig): void {
  if (ui === true || uiPort !== undefined) throw new TypeError('server.ui is not possible: there is no web UI yet');
}

function logLevel(level: string): LogLevel {
  const known = LOG_LEVELS[level];
  if (known !== undefined) return known;
  throw new TypeError(`server.log.level must be one of ${Object.keys(LOG_LEVELS).join(', ')}, found '${level}'`);
}

function logFormat(format: string): 'text' | 'json' {
  if (format === 'json') return 'json';
  if (format === 'pretty' || format === 'text') return 'text';
  throw new TypeError(`server.log.format must be one of pretty, text, json, found '${format}'`);
}

const EXTRA_ARGS = {
  'search-attribute': { type: 'string', multiple: true },
  'dynamic-config-value': { type: 'string', multiple: true },
  namespace: { type: 'string', multiple: true, short: 'n' },
  'db-filename': { type: 'string', short: 'f' },
  'log-level': { type: 'string' },
  'log-format': { type: 'string' },
  headless: { type: 'boolean' },
} as const;

function optionsOfArgs(args: string[], { parseConfigValue, parseSearchAttribute }: ServerParsers) {
  const { values } = parse(args);
  return {
    searchAttributes: Object.fromEntries((values['search-attribute'] ?? []).map(parseSearchAttribute)),
    dynamicConfig: Object.fromEntries((values['dynamic-config-value'] ?? []).map(parseConfigValue)),
    namespaces: values.namespace ?? [],
    dbFilename: values['db-filename'],
    logLevel: values['log-level'],
    logFormat: values['log-format'],
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: EXTRA_ARGS, allowPositionals: false });
  } catch (error) {
    const known = Object.keys(EXTRA_ARGS).map((name) => `--${name}`);
    const reason = error instanceof Error ? error.message : String(error);
    throw new TypeError(`server.extraArgs of the server in this process are ${known.join(', ')}: ${reason}`, {
      cause: error,
    });
  }
}
