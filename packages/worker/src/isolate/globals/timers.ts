import type { CurrentRun } from '@reprise/workflow/runtime';
import { replace } from './realm.ts';

/** `setTimeout` is a workflow timer; its handle is the timer's number, known to its own run only. */
export function provideTimers(realm: object, requireRun: () => CurrentRun): void {
  replace(realm, 'setTimeout', (callback: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]) =>
    requireRun().setTimeout(callback, delayMs ?? 0, ...args),
  );
  replace(realm, 'clearTimeout', (handle?: unknown) => requireRun().clearTimeout(handle));
  replace(realm, 'queueMicrotask', (callback: () => void) => {
    if (typeof callback !== 'function')
      throw new TypeError(`queueMicrotask expected a function, got ${typeof callback}`);
    void Promise.resolve().then(() => callback());
  });
}
