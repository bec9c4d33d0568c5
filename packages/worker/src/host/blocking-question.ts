/** The one question that a host process asks while workflow code waits: over two pipes of its own, one line each way. */
import { readSync, writeSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';

/** Numbers of the pipes in the host process. */
const QUESTIONS_FD = 5;
const ANSWERS_FD = 6;
const PAUSE_MS = 1;
const NEWLINE = 10;

export interface PatchQuestion {
  readonly patchId: string;
  /** `workflowInfo()` of the run, as JSON. */
  readonly info: string;
}

/** Whether the patch becomes active, or why that could not be decided. */
type Answer = { readonly isActive: boolean } | { readonly error: string };

/** Asks the worker, and holds this thread until the answer is there. Throws what the worker's callback threw. */
export function askPatchActivation(question: PatchQuestion): boolean {
  writeAll(`${JSON.stringify(question)}\n`);
  const answer = JSON.parse(readLine()) as Answer;
  if ('error' in answer) throw new Error(answer.error);
  return answer.isActive;
}

/** A pipe takes only so much at once. */
function writeAll(line: string): void {
  const bytes = Buffer.from(line);
  for (let at = 0; at < bytes.length;) at += trying(() => writeSync(QUESTIONS_FD, bytes, at));
}

function readLine(): string {
  const byte = Buffer.alloc(1);
  const bytes: number[] = [];
  for (;;) {
    if (trying(() => readSync(ANSWERS_FD, byte, 0, 1, null)) === 0) continue;
    if (byte[0] === NEWLINE) return Buffer.from(bytes).toString();
    bytes.push(byte[0] ?? 0);
  }
}

/** A pipe that is not ready says so; then there is nothing to do but wait. */
function trying(use: () => number): number {
  try {
    return use();
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
      answers?.write(`${JSON.stringify(answered(question, answer))}\n`);
    }
  });
}

function answered(question: PatchQuestion, answer: (question: PatchQuestion) => boolean): Answer {
  try {
    return { isActive: answer(question) };
  } catch (error) {
    return { error: `The patch activation callback failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}
