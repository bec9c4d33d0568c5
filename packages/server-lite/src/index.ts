export { backUpDatabase } from './check/back-up-database.ts';
export { checkDatabase, type DatabaseCheck } from './check/check-database.ts';
export { type RunningServer, startServer } from './server.ts';
export type { ServerOptions, ServerTlsOptions } from './server-options.ts';
export type { LogFormat, LogLevel } from './system/logger.ts';
export { parseConfigValue } from './system/parse-config-value.ts';
export { parseSearchAttribute } from './system/search-attribute/parse-search-attribute.ts';
export type { SearchAttributeType } from './system/search-attribute/search-attribute-type.ts';
export type { Clock } from './time/clock.ts';
