import { condition, defineSignal, proxyActivities, setHandler, sleep } from '@reprise/workflow';
import type * as activities from './activities.js';

const { greet } = proxyActivities<typeof activities>({ startToCloseTimeout: '30 seconds' });

export const approve = defineSignal<[string]>('approve');

export async function hello(name: string): Promise<string> {
  let approver: string | undefined;
  setHandler(approve, (who) => {
    approver = who;
  });
  const greeting = await greet(name);
  await sleep('10 ms');
  await condition(() => approver !== undefined);
  return `${greeting} (approved by ${approver})`;
}
