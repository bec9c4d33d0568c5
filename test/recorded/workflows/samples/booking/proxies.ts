import { proxyActivities } from '@reprise/workflow';

export interface TravelActivities {
  holdSeat(trip: string): Promise<string>;
  releaseSeat(hold: string): Promise<void>;
  holdRoom(trip: string, nights: number): Promise<string>;
  releaseRoom(hold: string): Promise<void>;
  rentCar(trip: string): Promise<string>;
  returnCar(hold: string): Promise<void>;
  pay(trip: string, cents: number): Promise<{ id: string; cents: number }>;
  mail(to: string, text: string): Promise<void>;
}

export const travel = proxyActivities<TravelActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumAttempts: 1 },
});
