/**
 * The last error that workflow code of the current activation caught, for reports: code that throws where it did not, and
 * goes on in a `catch` or `finally`, asks for steps that say nothing of the error. Nothing is kept unless someone listens.
 */
let isListening = false;
let caught: Error | undefined;

/** Whether the run that is entered wants to know. */
export function listenForCaught(wanted: boolean): void {
  isListening = wanted;
  if (!wanted) caught = undefined;
}

/** Called where an error is caught: by compiled code, and by the patched `then`. */
export function noteCaught(error: unknown): void {
  if (isListening && error instanceof Error) caught = error;
}

export function lastCaught(): Error | undefined {
  return caught;
}

/** A new activation begins. */
export function forgetCaught(): void {
  caught = undefined;
}
