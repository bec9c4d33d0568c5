import { condition, createNexusServiceClient, defineSignal, setHandler, sleep, startChild } from '@reprise/workflow';
import { quotes } from './desk-services.ts';

export const bid = defineSignal<[cents: number]>('bid');

/** Sells to the first bid above the quote. */
export async function desk(sku: string): Promise<string> {
  const bids: number[] = [];
  setHandler(bid, (cents) => {
    bids.push(cents);
  });
  const client = createNexusServiceClient({ service: quotes, endpoint: 'quotes' });
  const least = await client.executeOperation('quote', { sku });
  let sold = 0;
  while (sold === 0) {
    await condition(() => bids.length > 0);
    const next = bids.shift() ?? 0;
    if (next >= least) sold = next;
    else await sleep('1 second');
  }
  const hold = await client.executeOperation('hold', sku);
  const child = await startChild('section', { workflowId: `sale-${sku}`, args: [sku] });
  await child.result();
  return `${hold} ${sold}`;
}
