import { setFlagsFromString } from 'node:v8';
import type ivm from 'isolated-vm';

const EVERYTHING = { type: 'major', execution: 'sync', flavor: 'last-resort' };

/**
 * Has an isolate give back the memory that nothing in it needs any more. V8 does so by itself in isolates that a browser or
 * Node runs, when these are idle, and not in those of isolated-vm. The way there is a function that a flag puts into new
 * contexts: into one that is gone before any other is made.
 */
export function collectGarbage(isolate: ivm.Isolate): void {
  setFlagsFromString('--expose-gc');
  let context: ivm.Context;
  try {
    context = isolate.createContextSync();
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
  const collect = context.global.getSync('gc', { reference: true });
  try {
    if (collect.typeof === 'function') collect.applySync(undefined, [EVERYTHING], { arguments: { copy: true } });
  } finally {
    collect.release();
    context.release();
  }
}
