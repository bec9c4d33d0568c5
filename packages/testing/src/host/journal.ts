/** The host's side of the journal: what it is at, for the one who has to tell why it ended. */
import { writeSync } from 'node:fs';

import { JOURNAL_FD, LINE } from './host-messages.ts';

/** An activation takes far less; one that takes far more is what the journal is for. */
const ALIVE_EVERY_MS = 250;

export class Journal {
  #writtenMs = 0;

  write(letter: string, content?: object | number): void {
    this.#writtenMs = performance.now();
    const line = `${letter}${content === undefined ? '' : JSON.stringify(content)}\n`;
    for (;;) {
      try {
        writeSync(JOURNAL_FD, line);
        return;
      } catch (error) {
        // The reader is behind.
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') process.exit(0);
      }
    }
  }

  /** Before each activation. */
  signOfLife(): void {
    if (performance.now() - this.#writtenMs > ALIVE_EVERY_MS) this.write(LINE.alive);
  }
}
