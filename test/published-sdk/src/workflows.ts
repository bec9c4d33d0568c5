import { condition, defineSignal, proxyActivities, setHandler, sleep } from '@temporalio/workflow';

const { greet } = proxyActivities<{ greet(name: string): Promise<string> }>({ startToCloseTimeout: '30 seconds' });

export const approve = defineSignal<[string]>('approve');

/** An activity, a timer and a signal. */
export async function hello(name: string): Promise<string> {
  let approver: string | undefined;
  setHandler(approve, (who) => void (approver = who));
  const greeting = await greet(name);
  await sleep(10);
  await condition(() => approver !== undefined);
  return `${greeting} (approved by ${approver})`;
}
