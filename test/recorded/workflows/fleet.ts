import {
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  sleep,
  startChild,
  workflowInfo,
} from '@reprise/workflow';
import { BATCH_PAUSE, legName } from './constants.ts';
import { planRoute, summarize } from './steps.ts';

const { track, notify } = proxyActivities<{
  track(leg: string): Promise<number>;
  notify(text: string): Promise<void>;
}>({ startToCloseTimeout: '10 seconds' });

export const addStop = defineSignal<[stop: string]>('addStop');
export const finish = defineSignal('finish');
export const stops = defineQuery<string[]>('stops');

export async function leg(name: string): Promise<number> {
  const distance = await track(name);
  await sleep(20);
  return distance;
}

export async function fleet(id: string): Promise<string> {
  const seen: string[] = [];
  let finished = false;
  setHandler(addStop, (stop) => {
    seen.push(stop);
  });
  setHandler(finish, () => {
    finished = true;
  });
  setHandler(stops, () => seen);

  const legs = await planRoute(id);
  await sleep(BATCH_PAUSE);
  const distances = await Promise.all([track(legs[0] ?? ''), track(legs[1] ?? ''), sleep('50 ms')]);

  const first = await executeChild(leg, { workflowId: `${workflowInfo().workflowId}/leg-1`, args: [legName(1)] });
  const handle = await startChild(leg, {
    workflowId: `${workflowInfo().workflowId}/leg-2`,
    args: [legName(2)],
    parentClosePolicy: ParentClosePolicy.ABANDON,
  });
  const second = await handle.result();

  for (let i = 0; i < 3; i++) {
    await track(`loop-${i}`);
  }

  const wasFinished = await condition(() => finished, '2 hours');
  if (!wasFinished) {
    await notify('late');
  }
  try {
    await CancellationScope.withTimeout('1 hour', async () => {
      await notify('done');
    });
  } catch (error) {
    if (!isCancellation(error)) throw error;
  }
  return summarize(seen, [first, second, distances[0]]);
}
