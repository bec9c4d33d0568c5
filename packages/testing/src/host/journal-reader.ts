/** The other side of the journal: what a host is at, and since when it has not said anything. */
import { LINE, type JudgedHistory, type TracedPoint } from './host-messages.ts';

export type HostPhase = 'idle' | 'reading' | 'calling' | 'between';

export class JournalReader {
  phase: HostPhase = 'idle';
  /** The file that is read, by its index. */
  file = 0;
  judged: JudgedHistory | undefined;
  point: TracedPoint | undefined;
  /** When the last line came. */
  heardMs = performance.now();
  #rest = '';

  /** Anew for each question. */
  begin(): void {
    this.phase = 'idle';
    this.judged = undefined;
    this.point = undefined;
    this.heardMs = performance.now();
  }

  take(text: string): void {
    this.heardMs = performance.now();
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#takeLine(line);
  }

  #takeLine(line: string): void {
    switch (line[0]) {
      case LINE.reading:
        this.phase = 'reading';
        this.file = Number(line.slice(1));
        this.judged = undefined;
        return;
      case LINE.judging:
        this.phase = 'calling';
        this.judged = JSON.parse(line.slice(1)) as JudgedHistory;
        this.point = undefined;
        return;
      case LINE.calling:
        this.phase = 'calling';
        return;
      case LINE.between:
        this.phase = 'between';
        return;
      case LINE.point:
        this.point = JSON.parse(line.slice(1)) as TracedPoint;
        return;
      default:
        // A sign of life says no more than that.
        return;
    }
  }
}
