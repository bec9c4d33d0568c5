import { type ActivityFailure, continueAsNew, proxyActivities, sleep } from '@reprise/workflow';

export async function rests(duration: '1 minute' | '10 days'): Promise<void> {
  await sleep(duration);
}

/** A month each, and then the next. */
export async function months(left: number): Promise<string> {
  await sleep('30 days');
  if (left === 1) return 'a year';
  return await continueAsNew<typeof months>(left - 1);
}

export async function triesDaily(): Promise<number> {
  const { fourth } = proxyActivities<{ fourth(): Promise<number> }>({
    startToCloseTimeout: '1 minute',
    retry: { initialInterval: '1 day', backoffCoefficient: 1 },
  });
  return await fourth();
}

export async function cannotWait(): Promise<string> {
  const { oversleeps } = proxyActivities<{ oversleeps(): Promise<void> }>({
    startToCloseTimeout: '1 minute',
    retry: { maximumAttempts: 1 },
  });
  return await oversleeps().then(
    () => 'done',
    (error: ActivityFailure) => String(error.cause?.name),
  );
}
