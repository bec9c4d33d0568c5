import {
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  defineWorkflowOptions,
  executeChild,
  getExternalWorkflowHandle,
  makeContinueAsNewFunc,
  proxyActivities,
  proxyLocalActivities,
  scheduleActivity,
  setHandler,
  startChild,
  workflowInfo,
} from '@reprise/workflow';
import type * as activities from './activities.ts';
import { Money, moneyInAndOut, moneyType } from './money.ts';

const activityTypeInfo = { double: moneyInAndOut };
const { double, describe } = proxyActivities<typeof activities>({ startToCloseTimeout: '1 minute', activityTypeInfo });
const local = proxyLocalActivities<typeof activities>({ startToCloseTimeout: '1 minute', activityTypeInfo });

export const deposit = defineSignal<[Money]>('deposit', { typeInfo: { inputTypes: [moneyType] } });
export const balance = defineQuery<Money, [Money]>('balance', { typeInfo: moneyInAndOut });
export const withdraw = defineUpdate<Money, [Money]>('withdraw', { typeInfo: moneyInAndOut });

export async function account(start: Money): Promise<Money> {
  let total = start;
  let closed = false;
  setHandler(deposit, (money) => {
    total = total.plus(money);
    closed = money.cents === 0;
  });
  setHandler(balance, (more) => total.plus(more));
  setHandler(withdraw, (money) => (total = total.plus(new Money(-money.cents))), {
    validator: (money) => {
      if (money.cents > total.cents) throw new Error('not enough');
    },
  });
  await condition(() => closed);
  return total;
}
defineWorkflowOptions(account, { staticOptions: { typeInfo: moneyInAndOut } });

export async function everyWay(start: Money): Promise<string[]> {
  const seen = [
    await double(start),
    await local.double(start),
    await double.executeWithOptions({ summary: 'once' }, [start]),
    await scheduleActivity<Money>('double', [start], { startToCloseTimeout: '1 minute' }, moneyInAndOut),
    await executeChild('add', { args: [start], typeInfo: moneyInAndOut }),
  ].map((money) => (money instanceof Money ? `${money.cents}` : `no money: ${JSON.stringify(money)}`));

  const child = await startChild(account, { args: [start] });
  await child.signal(deposit, start);
  await child.signalWithOptions('deposit', { args: [start], typeInfo: { inputTypes: [moneyType] } });
  const external = getExternalWorkflowHandle(child.workflowId);
  await external.signalWithOptions('deposit', { args: [new Money(0)], typeInfo: { inputTypes: [moneyType] } });
  seen.push(`${(await child.result()).cents}`);
  // What is not declared is as the payload converter has it.
  return [...seen, await describe(start)];
}
defineWorkflowOptions(everyWay, { staticOptions: { typeInfo: { inputTypes: [moneyType] } } });

export async function add(money: Money): Promise<Money> {
  if (workflowInfo().continuedFromExecutionRunId !== undefined) return money;
  const next = makeContinueAsNewFunc<typeof add>({
    typeInfo: { inputTypes: [moneyType] },
  });
  return await next(money.plus(new Money(1)));
}
defineWorkflowOptions(add, { staticOptions: { typeInfo: moneyInAndOut } });
