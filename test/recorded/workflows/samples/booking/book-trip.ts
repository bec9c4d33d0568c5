import { log, sleep } from '@reprise/workflow';
import { travel } from './proxies.ts';
import { Saga } from './saga.ts';
import bookCar from './steps/car.ts';
import { bookRoom } from './steps/room.ts';
import { bookSeat } from './steps/seat.ts';

export interface Trip {
  id: string;
  nights: number;
  withCar: boolean;
  cents: number;
}

/** Books seat, room and car, and undoes all of it when one fails. */
export const bookTrip = async (trip: Trip): Promise<string[]> => {
  const saga = new Saga();
  const booked: string[] = [];
  try {
    booked.push(await bookSeat(saga, trip.id));
    booked.push(await bookRoom(saga, trip.id, trip.nights));
    if (trip.withCar) {
      booked.push(await bookCar(saga, trip.id));
    }
    await sleep('10 minutes');
    const payment = await travel.pay(trip.id, trip.cents * trip.nights);
    booked.push(payment.id);
  } catch (error) {
    log.warn('trip failed', { id: trip.id });
    await saga.compensate();
    await travel.mail(trip.id, 'failed');
    throw error;
  }
  await travel.mail(trip.id, `booked ${booked.length}`);
  return booked;
};
