/** `billing` as it was before its patches: histories of it are there as well. */
import { deprecatePatch, proxyActivities, sleep, uuid4 } from '@reprise/workflow';

const { meter, invoice, collect } = proxyActivities<{
  meter(customer: string, month: number): Promise<number>;
  invoice(customer: string, units: number, key: string): Promise<string>;
  collect(invoice: string): Promise<boolean>;
}>({ startToCloseTimeout: '20 seconds' });

export async function billing(customer: string, months: number): Promise<string[]> {
  deprecatePatch('units-as-integers');
  const bills: string[] = [];
  for (let month = 1; month <= months; month++) {
    const units = await meter(customer, month);
    if (units === 0) continue;
    const bill = await invoice(customer, units, uuid4());
    await collect(bill);
    bills.push(bill);
    await sleep('30 days');
  }
  return bills;
}
