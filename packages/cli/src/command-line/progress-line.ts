import type { Terminal } from './terminal.ts';

export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

const SLOWEST_MS = 100;

/** A line that is written over and over, on a terminal only. */
export function progressLine(terminal: Terminal): ProgressLine {
  if (!terminal.isInteractive) return { show: () => undefined, clear: () => undefined };
  let shownMs = performance.now();
  let isShown = false;
  return {
    show(text) {
      const nowMs = performance.now();
      if (nowMs - shownMs < SLOWEST_MS) return;
      shownMs = nowMs;
      isShown = true;
      process.stderr.write(`\r\u001b[2K${text}`);
    },
    clear() {
      if (isShown) process.stderr.write('\r\u001b[2K');
    },
  };
}
