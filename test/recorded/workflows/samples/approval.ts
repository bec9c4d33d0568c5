import {
  ActivityCancellationType,
  CancellationScope,
  condition,
  defineSignal,
  isCancellation,
  proxyActivities,
  setHandler,
  sleep,
  Trigger,
} from '@reprise/workflow';

const { ask, escalate, grant, record } = proxyActivities<{
  ask(who: string, what: string): Promise<void>;
  escalate(what: string): Promise<void>;
  grant(what: string, by: string): Promise<string>;
  record(what: string, end: string): Promise<void>;
}>({
  startToCloseTimeout: '1 minute',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

export const decide = defineSignal<[by: string, isGranted: boolean]>('decide');
export const hurry = defineSignal('hurry');

/** Asks for a decision, reminds, escalates, and cleans up when it is cancelled. */
export async function approval(what: string, askees: string[]): Promise<string> {
  const decision = new Trigger<{ by: string; isGranted: boolean }>();
  let isUrgent = false;
  setHandler(decide, (by, isGranted) => {
    decision.resolve({ by, isGranted });
  });
  setHandler(hurry, async () => {
    isUrgent = true;
    await record(what, 'hurried');
  });

  try {
    await Promise.all(askees.map((who) => ask(who, what)));
    const first = await Promise.race([decision, sleep('1 day')]);
    if (!first) {
      await escalate(what);
    }
    const late = await CancellationScope.cancellable(async () => {
      const timer = sleep('7 days').then(() => undefined);
      const answer = await Promise.race([decision, timer]);
      CancellationScope.current().cancel();
      return answer;
    }).catch((error: unknown) => {
      if (!isCancellation(error) || CancellationScope.current().consideredCancelled) throw error;
      return undefined;
    });
    const answer = late ?? { by: 'nobody', isGranted: false };
    if (isUrgent) await condition(() => true);
    if (!answer.isGranted) {
      await record(what, 'refused');
      return `refused by ${answer.by}`;
    }
    return await grant(what, answer.by);
  } catch (error) {
    if (isCancellation(error)) {
      await CancellationScope.nonCancellable(async () => {
        await record(what, 'cancelled');
      });
    }
    throw error;
  }
}
