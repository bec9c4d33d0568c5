/**
 * Where workflow code asked for something: a stack that is captured at the call and made into text only when someone
 * looks (a mismatch report, the stack-trace query).
 */
export interface Place {
  readonly stack?: string;
}

interface V8Error {
  captureStackTrace?: (target: object, above?: (...args: never[]) => unknown) => void;
}
const { captureStackTrace } = Error as unknown as V8Error;

let isCapturing = true;

/** Whether the run that is entered wants places at all; replay of what fits does not, and a stack costs as much as a call. */
export function capturePlaces(wanted: boolean): void {
  isCapturing = wanted;
}

/** Captures the stack above `above`, the function that workflow code called. */
export function capturePlace(above: (...args: never[]) => unknown): Place {
  const place: Place = {};
  if (isCapturing) captureStackTrace?.(place, above);
  return place;
}

/** The frames of a place, without the line that names the error. */
export function framesOf(place: Place): string {
  const stack = place.stack ?? '';
  const start = stack.indexOf('\n');
  return start < 0 ? '' : stack.slice(start + 1);
}
