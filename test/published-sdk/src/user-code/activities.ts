/** Activities as users of the published SDK write them. */
import {
  ApplicationFailure,
  CompleteAsyncError,
  Context,
  activityInfo,
  heartbeat,
  log,
  metricMeter,
  sleep,
  type Info,
} from '@temporalio/activity';
import type { Order } from './workflows.js';

export async function charge(id: string, cents: number): Promise<string> {
  const info: Info = activityInfo();
  heartbeat({ id, attempt: info.attempt });
  Context.current().log.info('charging', { cents });
  const details = Context.current().info.heartbeatDetails as { id: string } | undefined;
  if (details?.id === 'x') throw ApplicationFailure.nonRetryable('no', 'CardDeclined', { id });
  if (cents < 0) throw new CompleteAsyncError();
  metricMeter.createCounter('charged', 'cents').add(cents, { currency: 'EUR' });
  await Context.current().sleep('1s');
  await sleep(10);
  const signal: AbortSignal = Context.current().cancellationSignal;
  log.debug(String(signal.aborted), { workflow: info.workflowExecution?.workflowId });
  return id;
}

export async function ship(order: Order): Promise<void> {
  await Context.current().cancelled.catch((error: Error) => error.message);
  void order;
}

export async function ping(): Promise<void> {}

export const limit = 7;

export interface Mailer {
  mail(to: string, options: { subject: string }): Promise<void>;
}
export const createActivities = (mailer: Mailer) => ({ mail: mailer.mail.bind(mailer) });
