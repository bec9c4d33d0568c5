import {
  ApplicationFailure,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  executeChild,
  log,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@reprise/workflow';
import type { Activities } from './activities.ts';

const { charge, ship } = proxyActivities<Activities>({ startToCloseTimeout: '1 minute' });

export const approve = defineSignal<[approver: string]>('approve');
export const step = defineQuery<string>('step');
export const rename = defineUpdate<string, [name: string]>('rename');

/** Waits up to a week for its approval, charges, and ships a day later. */
export async function order(id: string): Promise<string> {
  let approver: string | undefined;
  let at = 'waiting';
  setHandler(approve, (who) => {
    approver = who;
  });
  setHandler(step, () => at);
  if (!(await condition(() => approver !== undefined, '7 days')))
    throw ApplicationFailure.nonRetryable('nobody approved', 'NotApproved');
  at = 'charging';
  const payment = await charge(id, 100);
  at = 'packing';
  await sleep('1 day');
  return `${payment} ${await ship(id)} by ${approver} at ${new Date().toISOString()}`;
}

/** An update handler that takes an hour of virtual time. */
export async function slowUpdates(): Promise<string> {
  let name = 'nobody';
  setHandler(rename, async (next) => {
    await sleep('1 hour');
    const before = name;
    name = next;
    return before;
  });
  await condition(() => name !== 'nobody', '30 days');
  return name;
}

export async function parent(): Promise<string[]> {
  const one = executeChild(napper, { args: ['3 days'] });
  const two = executeChild(napper, { args: ['5 days'] });
  return await Promise.all([one, two]);
}

export async function napper(duration: '3 days' | '5 days'): Promise<string> {
  await sleep(duration);
  return `slept ${duration}`;
}

export async function bug(): Promise<string> {
  await sleep('1 day');
  return (undefined as unknown as string).toUpperCase();
}

export async function asserts(): Promise<void> {
  await sleep('1 day');
  throw Object.assign(new Error('expected 1 to be 2'), { name: 'AssertionError' });
}

export async function waitsForEver(): Promise<void> {
  await condition(() => false);
}

export async function months(left: number): Promise<number> {
  await sleep('30 days');
  if (left > 1) await continueAsNew<typeof months>(left - 1);
  return workflowInfo().historyLength;
}

export async function when(): Promise<string> {
  return new Date().toISOString();
}

export async function family(): Promise<string[]> {
  const near = await executeChild(napper, { args: ['3 days'] });
  const far = await executeChild<(id: string) => Promise<string>>('elsewhere/ship', {
    args: ['order-1'],
    taskQueue: 'far away',
  });
  const failed: string = await executeChild('failing').catch((error: unknown) => String((error as Error).cause));
  return [near, far, failed];
}

export async function spins(): Promise<void> {
  for (;;);
}

/** Says what it does. */
export async function talkative(): Promise<void> {
  log.info('on its way');
  await sleep(1);
  log.warn('late');
}
