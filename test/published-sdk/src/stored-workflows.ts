// Workflows whose payloads are kept in external storage: every way in which payloads come and go.
import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  executeChild,
  getExternalWorkflowHandle,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import type { activities } from './stored-activities.ts';

const { echo, resume, refuse } = proxyActivities<typeof activities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: 1, maximumAttempts: 2 },
});
const local = proxyLocalActivities<typeof activities>({ startToCloseTimeout: '30 seconds' });

export const ask = defineQuery<string, [string]>('ask');
export const change = defineUpdate<string, [string]>('change');
export const finish = defineSignal<[string, string]>('finish');

export async function half(word: string): Promise<string> {
  return `${word} ${workflowInfo().parent?.workflowId === undefined ? 'alone' : 'of a parent'}`;
}

export async function waits(): Promise<string> {
  let told: string | undefined;
  setHandler(finish, (word) => void (told = word));
  await condition(() => told !== undefined);
  return told ?? '';
}

export async function stored(word: string, isLast: boolean): Promise<unknown> {
  let told: string[] | undefined;
  setHandler(ask, (what) => `asked ${what}`);
  setHandler(change, (what) => `changed ${what}`, {
    validator: (what) => {
      if (what === 'wrong') throw new Error('not this word');
    },
  });
  setHandler(finish, (...words) => void (told = words));
  if (isLast) return { word, start: workflowInfo().memo?.['start'] };
  const echoed = await echo(word);
  const here = await local.echo(`${word} here`);
  const resumed = await resume('so far');
  const refused = await refuse('no').catch((error: Error) => (error.cause as { details?: unknown[] }).details);
  const child = await executeChild(half, { args: [word], workflowId: `${workflowInfo().workflowId}-child` });
  await getExternalWorkflowHandle(`${workflowInfo().workflowId}-other`).signal(finish, 'by signal', '');
  upsertMemo({ mood: 'good' });
  await condition(() => told !== undefined);
  return await continueAsNew<typeof stored>(JSON.stringify({ echoed, here, resumed, refused, child, told }), true);
}
