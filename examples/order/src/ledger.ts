import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** One line of the ledger: what an attempt of an activity did. */
export interface LedgerLine {
  readonly orderId: string;
  readonly activity: string;
  readonly activityId: string;
  readonly attempt: number;
  readonly event: 'began' | 'finished' | 'failed';
  /** The process that wrote the line. */
  readonly pid: number;
}

/** A file to which activities add what they do. A line is on the disk when `write` returns: SIGKILL loses none. */
export class Ledger {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  write(line: LedgerLine): void {
    const file = openSync(this.#path, 'a');
    try {
      writeSync(file, `${JSON.stringify(line)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  read(): LedgerLine[] {
    if (!existsSync(this.#path)) return [];
    const lines = readFileSync(this.#path, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LedgerLine);
  }
}
