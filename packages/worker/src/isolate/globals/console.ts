import { format } from './inspect.ts';

export type ConsoleLevel = 'debug' | 'info' | 'log' | 'warn' | 'error';

/** A console whose lines go to `write`, already formatted; everything that it does not have is silent by absence. */
export function makeConsole(write: (level: ConsoleLevel, text: string) => void): object {
  const level =
    (name: ConsoleLevel) =>
    (...args: unknown[]) =>
      write(name, format(args));
  return { log: level('log'), warn: level('warn'), error: level('error'), info: level('info'), debug: level('debug') };
}
