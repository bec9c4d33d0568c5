import { travel } from '../proxies.ts';
import type { Saga } from '../saga.ts';

// oxlint-disable-next-line import/no-default-export -- samples are in every style
export default async function bookCar(saga: Saga, trip: string): Promise<string> {
  return await saga.run(() => travel.rentCar(trip), travel.returnCar);
}
