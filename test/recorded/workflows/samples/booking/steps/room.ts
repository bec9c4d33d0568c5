import { travel } from '../proxies.ts';
import type { Saga } from '../saga.ts';

export const bookRoom = async (saga: Saga, trip: string, nights: number): Promise<string> =>
  await saga.run(
    () => travel.holdRoom(trip, nights),
    (hold) => travel.releaseRoom(hold),
  );
