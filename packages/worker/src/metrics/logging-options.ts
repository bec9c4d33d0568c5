/** What `telemetryOptions` says about logging. */
import type { LogLevel } from '@reprise/common';

/** Levels of what the SDK logs, by who logs it. */
export interface TelemetryFilter {
  core: LogLevel;
  other?: LogLevel;
}

/** Log lines go to the runtime's logger: what always happens. */
export interface ForwardLogger {
  forward: object;
}

/** Log lines of native code go to the console. Refused: there is no native code, and all lines go to the logger. */
export interface ConsoleLogger {
  console: object;
}

/** Where lines of native code go. There is none here, so that a filter has nothing to leave out; set the logger's level. */
export type LogExporterConfig = { filter?: string | TelemetryFilter } & (ForwardLogger | ConsoleLogger);

/**
 * A filter as text.
 *
 * @example makeTelemetryFilterString({ core: 'INFO', other: 'WARN' })
 */
export function makeTelemetryFilterString({ core, other = 'ERROR' }: TelemetryFilter): string {
  const crates = ['temporalio_common', 'temporalio_sdk_core', 'temporalio_client', 'temporalio_sdk'];
  return [other, ...crates.map((crate) => `${crate}=${core}`)].join(',');
}

/** @throws TypeError for what cannot be done */
export function checkLogging(logging: LogExporterConfig | undefined): void {
  if (logging !== undefined && 'console' in logging) {
    throw new TypeError(
      'telemetryOptions.logging.console is not supported: all log lines go to the logger of the runtime',
    );
  }
}
