import { PromiseCompletionTimeoutError } from './errors.ts';

/** What `inner` comes to; it has so long after `running` has ended. @throws PromiseCompletionTimeoutError */
export async function withLimit<R>(inner: Promise<R>, running: Promise<void>, limitMs: number): Promise<R> {
  const ended = running.then(
    () => undefined,
    () => undefined,
  );
  const timer = Promise.withResolvers<never>();
  let timeout: NodeJS.Timeout | undefined;
  void ended.then(() => {
    const message = `Promise did not resolve within ${limitMs}ms after Worker completed shutdown`;
    const expire = (): void => timer.reject(new PromiseCompletionTimeoutError(message));
    timeout = setTimeout(expire, limitMs);
  });
  try {
    return await Promise.race([inner, timer.promise]);
  } finally {
    await ended;
    clearTimeout(timeout);
  }
}
