/** The one question that a host process asks while workflow code waits: over two pipes of its own, one line each way. */
import { readSync, writeSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';

/** Numbers of the pipes in the host process. */
const QUESTIONS_FD = 5;
const ANSWERS_FD = 6;
const PAUSE_MS = 1;

export interface PatchQuestion {
  readonly runId: string;
  readonly patchId: string;
}

/** Asks the worker, and holds this thread until the answer is there. */
export function askPatchActivation(question: PatchQuestion): boolean {
  writeSync(QUESTIONS_FD, `${JSON.stringify(question)}\n`);
  const byte = Buffer.alloc(1);
  for (let answer = ''; ;) {
    if (readByte(byte) === 0) continue;
    const character = byte.toString('latin1');
    if (character === '\n') return answer === 'true';
    answer += character;
  }
}

function readByte(into: Buffer): number {
  try {
    return readSync(ANSWERS_FD, into, 0, 1, null);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    return 0;
  }
}

/** Answers the questions of a host process, on the side of the worker. */
export function answerPatchQuestions(stdio: readonly unknown[], answer: (question: PatchQuestion) => boolean): void {
  const questions = stdio[QUESTIONS_FD] as Readable | null;
  const answers = stdio[ANSWERS_FD] as Writable | null;
  let text = '';
  answers?.on('error', () => undefined);
  questions?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      const question = JSON.parse(text.slice(0, end)) as PatchQuestion;
      text = text.slice(end + 1);
      answers?.write(`${String(answer(question))}\n`);
    }
  });
}
