/**
 * The slot that carries the async context of workflow code across awaits: the cancellation scope, the update being
 * handled, AsyncLocalStorage values.
 *
 * I1  A frame is immutable; running in another frame means replacing the slot for the length of a call.
 * I2  A microtask may leave a stale frame behind. So every entry from outside, and every continuation (a `then` callback,
 *     the code after an `await`), sets the frame that it belongs to before user code runs.
 * Continuations of compiled code call `captureFrame`, `restoreFrame` and `setFrame`, inserted when bundling; those of
 * `then` are bound by the patched `Promise.prototype.then`. Neither adds a microtask.
 */
import { noteCaught } from './caught.ts';

export interface Frame {
  readonly scope: unknown;
  readonly update: unknown;
  readonly random: unknown;
  readonly group: unknown;
  readonly stores: ReadonlyMap<object, unknown> | undefined;
}

/** Carries frames by other means than compiled-in calls, such as the host's own AsyncLocalStorage. */
export interface FrameCarrier {
  get(): Frame | undefined;
  run<R>(frame: Frame, fn: () => R): R;
}

export const ROOT_FRAME: Frame = Object.freeze({
  scope: undefined,
  update: undefined,
  random: undefined,
  group: undefined,
  stores: undefined,
});

let current: Frame = ROOT_FRAME;
let carrier: FrameCarrier | undefined;

/** Replaces the slot by a carrier of the host; for running workflow code that was not compiled by the bundler. */
export function carryFramesBy(hostCarrier: FrameCarrier | undefined): void {
  carrier = hostCarrier;
}

/** The current frame. Compiled code calls it at the start of an async function (`__c`). */
export function captureFrame(): Frame {
  return carrier === undefined ? current : (carrier.get() ?? ROOT_FRAME);
}

/** Makes `frame` current (`__t`); where compiled code catches an error, it says which. */
export function setFrame(frame: Frame, caught?: unknown): void {
  current = frame;
  if (caught !== undefined) noteCaught(caught);
}

/** Makes `frame` current and gives `value`; compiled code wraps awaits in it (`__r`). */
export function restoreFrame<T>(frame: Frame, value: T): T {
  current = frame;
  return value;
}

/** Runs `fn` in `frame`. */
export function runInFrame<R>(frame: Frame, fn: () => R): R {
  if (carrier !== undefined) return carrier.run(frame, fn);
  const outer = current;
  current = frame;
  try {
    return fn();
  } finally {
    current = outer;
  }
}

/** Runs `fn` in the current frame with some of its parts replaced. */
export function runWith<R>(change: Partial<Frame>, fn: () => R): R {
  return runInFrame({ ...captureFrame(), ...change }, fn);
}

type Callback = (value: unknown) => unknown;

function bindTo(frame: Frame, callback: unknown): unknown {
  if (typeof callback !== 'function') return callback;
  const call = callback as Callback;
  return (value: unknown) => {
    const outer = current;
    current = frame;
    try {
      return call(value);
    } finally {
      current = outer;
    }
  };
}

/** As `bindTo`, for a callback that is given errors. */
function bindRejected(frame: Frame, callback: unknown): unknown {
  const bound = bindTo(frame, callback);
  if (typeof bound !== 'function') return bound;
  const call = bound as Callback;
  return (error: unknown) => {
    noteCaught(error);
    return call(error);
  };
}

let nativeThen: unknown;

/**
 * Guards what is awaited (`__w`): the `then` of a thenable that is no plain promise runs in a microtask of its own, which
 * must see the frame of the await.
 */
export function guardThenable(value: unknown): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
  const then: unknown = (value as { then?: unknown }).then;
  if (typeof then !== 'function' || then === patchedThen || then === nativeThen) return value;
  const frame = captureFrame();
  return {
    then: (resolve: unknown, reject: unknown) => runInFrame(frame, () => Reflect.apply(then, value, [resolve, reject])),
  };
}

let patchedThen: unknown;

/** Patches `Promise.prototype.then` of a realm so that callbacks run in the frame of their `then`. Call it once. */
export function installScopes(realm: { Promise: PromiseConstructor }): void {
  const original = realm.Promise.prototype.then;
  nativeThen = original;
  const replacement = {
    then(this: Promise<unknown>, onFulfilled: unknown, onRejected: unknown): Promise<unknown> {
      const frame = current;
      return Reflect.apply(original, this, [bindTo(frame, onFulfilled), bindRejected(frame, onRejected)]);
    },
  };
  patchedThen = replacement.then;
  const prototype: object = realm.Promise.prototype;
  Object.defineProperty(prototype, 'then', {
    value: replacement.then,
    configurable: true,
    writable: true,
    enumerable: false,
  });
}
