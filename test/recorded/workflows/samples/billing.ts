import { deprecatePatch, patched, proxyActivities, sleep, uuid4 } from '@reprise/workflow';

const { meter, invoice, collect, dun } = proxyActivities<{
  meter(customer: string, month: number): Promise<number>;
  invoice(customer: string, units: number, key: string): Promise<string>;
  collect(invoice: string): Promise<boolean>;
  dun(invoice: string, level: number): Promise<void>;
}>({ startToCloseTimeout: '20 seconds' });

/** A bill a month, with code of three generations. */
export async function billing(customer: string, months: number): Promise<string[]> {
  deprecatePatch('units-as-integers');
  const bills: string[] = [];
  for (let month = 1; month <= months; month++) {
    const units = await meter(customer, month);
    if (units === 0) continue;
    const bill = await invoice(customer, units, uuid4());
    if (patched('dunning-levels')) {
      for (let level = 1; level <= 3 && !(await collect(bill)); level++) {
        await dun(bill, level);
        await sleep(`${level} days`);
      }
    } else {
      await collect(bill);
    }
    bills.push(bill);
    await sleep('30 days');
  }
  if (patched('closing-mail')) {
    await dun('closing', 0);
  }
  return bills;
}
