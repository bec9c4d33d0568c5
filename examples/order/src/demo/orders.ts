import { setTimeout as wait } from 'node:timers/promises';
import { WorkflowFailedError, WorkflowUpdateFailedError } from '@reprise/client';
import type { Client, WorkflowHandle } from '@reprise/client';
import { UNREACHABLE } from '../activities.ts';
import type { OrderStatus, Receipt } from '../order.ts';
import { approve, changeAddress, order, status } from '../workflows.ts';

type OrderHandle = WorkflowHandle<typeof order>;

/** How an order ended. */
export type Ending = { readonly orderId: string } & (
  | { readonly kind: 'shipped'; readonly receipt: Receipt }
  | { readonly kind: 'undone'; readonly reason: string }
);

const articles = ['teapot', 'kettle', 'samovar', 'sieve', 'cup', 'saucer'];

/** Starts the orders; the last one goes where no carrier goes. */
export function startOrders(client: Client): Promise<OrderHandle[]> {
  const addresses = articles.map((_, index) =>
    index === articles.length - 1 ? UNREACHABLE : `${String(index + 1)} Mill Lane`,
  );
  return Promise.all(
    articles.map((article, index) => {
      const orderId = `order-${String(index + 1)}`;
      return client.workflow.start(order, {
        workflowId: orderId,
        taskQueue: 'orders',
        workflowTaskTimeout: '2 seconds',
        args: [
          { orderId, article, quantity: index + 1, amountCents: 1_000 * (index + 1), address: addresses[index] ?? '' },
        ],
      });
    }),
  );
}

/** Waits until an order has come so far. */
export async function untilStatus(handle: OrderHandle, wanted: OrderStatus): Promise<void> {
  while ((await handle.query(status)) !== wanted) await wait(50);
}

/** Approves an order. */
export function approveOrder(handle: OrderHandle): Promise<void> {
  return handle.signal(approve, 'Ada');
}

/** Changes the address of an order; gives the address before. */
export function sendAddress(handle: OrderHandle, address: string): Promise<string> {
  return handle.executeUpdate(changeAddress, { args: [address] });
}

/** Sends an address that the order does not take; gives the reason. */
export async function sendBadAddress(handle: OrderHandle): Promise<string> {
  try {
    await sendAddress(handle, ' ');
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) return error.cause?.message ?? '';
    throw error;
  }
  throw new Error('The order took an empty address');
}

/** Waits until an order has ended. */
export async function ending(handle: OrderHandle): Promise<Ending> {
  const orderId = handle.workflowId;
  try {
    return { orderId, kind: 'shipped', receipt: await handle.result() };
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    return { orderId, kind: 'undone', reason: rootMessage(error) };
  }
}

function rootMessage(error: Error): string {
  return error.cause instanceof Error ? rootMessage(error.cause) : error.message;
}
