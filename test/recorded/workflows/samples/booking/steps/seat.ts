import { travel } from '../proxies.ts';
import type { Saga } from '../saga.ts';

const { holdSeat, releaseSeat } = travel;

export async function bookSeat(saga: Saga, trip: string): Promise<string> {
  return await saga.run(() => holdSeat(trip), releaseSeat);
}
