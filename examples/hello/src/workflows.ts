import { condition, defineQuery, defineSignal, proxyActivities, setHandler, sleep } from '@reprise/workflow';
import type * as activities from './activities.ts';

const { greet } = proxyActivities<typeof activities>({ startToCloseTimeout: '30 seconds' });

export const approve = defineSignal<[approver: string]>('approve');
export const isApproved = defineQuery<boolean>('isApproved');

export async function hello(name: string): Promise<string> {
  let approver: string | undefined;
  setHandler(approve, (who) => {
    approver = who;
  });
  setHandler(isApproved, () => approver !== undefined);

  const greeting = await greet(name);
  await sleep('1 second');
  await condition(() => approver !== undefined);
  return `${greeting} Approved by ${approver}.`;
}
