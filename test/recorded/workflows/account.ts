import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  deprecatePatch,
  patched,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
} from '@reprise/workflow';

const { audit, settle } = proxyActivities<{
  audit(text: string): Promise<void>;
  settle(amount: number): Promise<string>;
}>({ startToCloseTimeout: '10 seconds' });
const { rate } = proxyLocalActivities<{ rate(currency: string): Promise<number> }>({
  startToCloseTimeout: '10 seconds',
});

export const deposit = defineUpdate<number, [amount: number]>('deposit');
export const close = defineSignal('close');

export async function account(name: string, balance: number, round: number): Promise<string> {
  let closed = false;
  let deposits = 0;
  setHandler(
    deposit,
    async (amount) => {
      balance += amount;
      await audit(`deposit ${amount}`);
      deposits++;
      return balance;
    },
    {
      validator(amount) {
        if (amount <= 0) throw new Error('not positive');
      },
    },
  );
  setHandler(close, () => {
    closed = true;
  });

  const factor = await rate('EUR');
  if (patched('audit-start')) {
    await audit(`start ${name}`);
  }
  deprecatePatch('old-thing');

  await condition(() => closed || deposits >= 2, '1 hour');
  await condition(allHandlersFinished);
  if (!closed && round < 2) {
    await continueAsNew<typeof account>(name, balance, round + 1);
  }
  if (patched('double-settle')) {
    await settle(balance * factor);
    await sleep(10);
  }
  return await settle(balance);
}
