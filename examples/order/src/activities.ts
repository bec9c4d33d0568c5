import { ApplicationFailure, activityInfo, sleep } from '@reprise/activity';
import type { Ledger } from './ledger.ts';

/** Ships nowhere: an order to this address is undone. */
export const UNREACHABLE = 'Nowhere';

/** The activities of an order. Each leaves its marks in the ledger. */
export function createActivities(ledger: Ledger) {
  async function recorded<R>(orderId: string, work: () => Promise<R>): Promise<R> {
    const { activityType, activityId, attempt } = activityInfo();
    const line = { orderId, activity: activityType, activityId, attempt, pid: process.pid };
    ledger.write({ ...line, event: 'began' });
    try {
      await sleep(150);
      const result = await work();
      ledger.write({ ...line, event: 'finished' });
      return result;
    } catch (error) {
      ledger.write({ ...line, event: 'failed' });
      throw error;
    }
  }

  return {
    /** Sets articles aside; gives the id of the reservation. */
    reserveStock: (orderId: string, _article: string, _quantity: number): Promise<string> =>
      recorded(orderId, async () => `reservation-${orderId}`),

    /** Takes the money; gives the id of the payment. The payment service answers at the third attempt only. */
    charge: (orderId: string, _amountCents: number): Promise<string> =>
      recorded(orderId, async () => {
        if (activityInfo().attempt < 3) throw new Error('The payment service does not answer');
        return `payment-${orderId}`;
      }),

    /** Hands the parcel to the carrier; gives the id to track it by. */
    ship: (orderId: string, address: string): Promise<string> =>
      recorded(orderId, async () => {
        if (address === UNREACHABLE)
          throw ApplicationFailure.nonRetryable(`No carrier goes to ${address}`, 'Unreachable');
        return `parcel-${orderId}`;
      }),

    /** Gives the money back. */
    refund: (orderId: string, _paymentId: string): Promise<void> => recorded(orderId, async () => undefined),

    /** Puts the articles back. */
    releaseStock: (orderId: string, _reservationId: string): Promise<void> => recorded(orderId, async () => undefined),
  };
}

export type Activities = ReturnType<typeof createActivities>;
