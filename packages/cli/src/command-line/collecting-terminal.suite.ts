import type { Terminal } from './terminal.ts';

export interface CollectingTerminal extends Terminal {
  outText(): string;
  errText(): string;
}

/** A terminal that keeps what is written. */
export function collectingTerminal(cwd = process.cwd()): CollectingTerminal {
  const out: string[] = [];
  const err: string[] = [];
  return {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    isInteractive: false,
    useColors: false,
    columns: 120,
    cwd,
    env: {},
    outText: () => out.join('\n'),
    errText: () => err.join('\n'),
  };
}
