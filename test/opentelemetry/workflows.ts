import { context, propagation, trace } from '@opentelemetry/api';
import {
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  condition,
  executeChild,
  log,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  uuid4,
  workflowInfo,
} from '@reprise/workflow';
import type * as activities from './activities.ts';

const { baggageTenant } = proxyActivities<typeof activities>({ startToCloseTimeout: '10s' });
const { localNoop } = proxyLocalActivities<typeof activities>({ startToCloseTimeout: '10s' });

export const poke = defineSignal<[string]>('poke');
export const state = defineQuery<string>('state');
export const change = defineUpdate<string, [string]>('change');

export async function parent(): Promise<string> {
  let poked = '';
  setHandler(poke, (value) => {
    poked = value;
  });
  setHandler(state, () => poked);
  setHandler(change, async (value) => `changed ${value}`, { validator: () => undefined });
  const tenant = await baggageTenant();
  await localNoop();
  await executeChild(child, { args: [] });
  await trace.getTracer('own').startActiveSpan('own work', async (span) => {
    await condition(() => poked !== '');
    span.setAttribute('poked', poked);
    span.addEvent('poked', { by: poked });
    span.end();
  });
  log.info('parent is done');
  const own = propagation.getBaggage(context.active())?.getEntry('tenant')?.value;
  return `${tenant} ${own}`;
}

export async function child(): Promise<void> {
  if (workflowInfo().continuedFromExecutionRunId === undefined) await continueAsNew<typeof child>();
}

export async function failing(): Promise<void> {
  uuid4();
  throw new TypeError('broken');
}
