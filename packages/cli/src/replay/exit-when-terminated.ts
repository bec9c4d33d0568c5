/**
 * Lets a signal that ends this process end it in order while work is under way, so that the processes it has started end
 * too: one that is busy with code that nothing interrupts does not see that it was left alone.
 */
export async function exitWhenTerminated<T>(work: () => Promise<T>): Promise<T> {
  const onSignal = (_signal: string, number: number): void => process.exit(128 + number);
  const signals = (['SIGTERM', 'SIGHUP'] as const).filter((signal) => process.listenerCount(signal) === 0);
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}
