/** Resolves at the first SIGINT or SIGTERM. A second one ends the process at once, as users expect of an impatient Ctrl-C. */
export async function untilAskedToStop(): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
