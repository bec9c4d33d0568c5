// What workers of both SDKs run side by side: the commands that histories are made of, and what must not differ in replay.
import {
  ActivityFailure,
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  executeChild,
  isCancellation,
  patched,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  upsertMemo,
  uuid4,
} from '@temporalio/workflow';

interface Activities {
  add(a: number, b: number): Promise<number>;
  refuse(): Promise<void>;
}

const { add, refuse } = proxyActivities<Activities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumAttempts: 1 },
});
const local = proxyLocalActivities<Activities>({ startToCloseTimeout: '30 seconds' });

export const push = defineSignal<[number]>('push');
export const total = defineQuery<number>('total');
export const raise = defineUpdate<number, [number]>('raise');

/** Random numbers, ids and the order of steps: what a worker of the other kind must find again. */
export interface Trace {
  steps: string[];
  sum: number;
}

export async function half(value: number): Promise<number> {
  await sleep(1);
  return (await add(value, 0)) / 2;
}

async function stage(index: number, trace: Trace): Promise<void> {
  const note = (step: string): void => void trace.steps.push(`${index}:${step}`);
  trace.sum = await add(trace.sum, index);
  note(`random ${Math.random()}`);
  await Promise.all([
    sleep(2).then(() => note('slept')),
    add(1, 1).then(() => note('added')),
    local.add(2, 2).then(() => note('added here')),
  ]);
  await Promise.race([sleep(1), condition(() => false, '1 hour')]);
  if (patched(`patch-${index % 2}`)) note(`id ${uuid4()}`);
  try {
    await refuse();
  } catch (error) {
    note(error instanceof ActivityFailure ? 'refused' : 'otherwise');
  }
  const scope = new CancellationScope();
  const cancelled = scope
    .run(() => sleep('1 day'))
    .catch((error: unknown) => note(`cancelled ${isCancellation(error)}`));
  await sleep(1);
  scope.cancel();
  await cancelled;
}

export async function relay(stages: number, again: boolean, continued?: Trace): Promise<Trace> {
  const trace = continued ?? { steps: [], sum: 0 };
  let pushed = 0;
  setHandler(push, async (value) => {
    await sleep(1);
    pushed += value;
  });
  setHandler(total, () => trace.sum);
  setHandler(raise, async (value) => (trace.sum = await add(trace.sum, value)), {
    validator: (value) => {
      if (value < 0) throw new Error('only upwards');
    },
  });
  for (let index = 0; index < stages; index++) await stage(index, trace);
  if (continued === undefined) await condition(() => pushed >= 3);
  trace.sum += await executeChild(half, { args: [4] });
  upsertMemo({ pushed });
  if (again) return await continueAsNew<typeof relay>(1, false, trace);
  return trace;
}
