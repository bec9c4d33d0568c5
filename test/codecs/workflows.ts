import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  executeChild,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  startChild,
  upsertMemo,
  workflowInfo,
} from '@reprise/workflow';
import type { activities } from './activities.ts';

const { echo, resumes, refuses } = proxyActivities<typeof activities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '10 ms', maximumAttempts: 2 },
});
const local = proxyLocalActivities<typeof activities>({ startToCloseTimeout: '10 seconds' });

export const finish = defineSignal<[word: string]>('finish');
export const ask = defineQuery<string, [word: string]>('ask');
export const change = defineUpdate<string, [word: string]>('change');

export async function listener(word: string): Promise<string> {
  let heard: string | undefined;
  setHandler(finish, (last) => {
    heard = last;
  });
  await condition(() => heard !== undefined);
  return `${word} ${heard}`;
}

export async function tour(turn: number): Promise<Record<string, unknown>> {
  let last: string | undefined;
  setHandler(finish, (word) => {
    last = word;
  });
  setHandler(ask, (word) => `asked ${word}`);
  setHandler(change, async (word) => `changed ${await echo(word)}`, {
    validator: (word) => {
      if (word === 'wrong') throw ApplicationFailure.nonRetryable('not this word', 'Refused', word);
    },
  });
  if (turn > 0) await continueAsNew<typeof tour>(turn - 1);

  const seen: Record<string, unknown> = {};
  seen['echo'] = await echo('one');
  seen['local'] = await local.echo('two');
  seen['resumed'] = await resumes('three');
  seen['refused'] = await refuses('four').catch((error: unknown) =>
    error instanceof ActivityFailure && error.cause instanceof ApplicationFailure ? error.cause.details : error,
  );
  const child = await startChild(listener, { args: ['five'], memo: { size: 5 } });
  await child.signal(finish, 'six');
  seen['child'] = await child.result();
  seen['failedChild'] = await executeChild(failing, { args: ['seven'] }).catch(
    (error: Error & { cause?: { details?: unknown } }) => error.cause?.details,
  );
  upsertMemo({ mood: 'good' });
  await sleep('1 ms', { summary: 'a short rest' });
  await condition(() => last !== undefined);
  return { ...seen, last, memo: workflowInfo().memo };
}

export async function failing(word: string): Promise<never> {
  throw ApplicationFailure.nonRetryable('on purpose', 'Purpose', word);
}
