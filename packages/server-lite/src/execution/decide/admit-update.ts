/** Somebody asks for an update: it waits for a workflow task, which is scheduled if there is none. */
import { failedPrecondition, notFound, resourceExhausted, workflowNotReady } from '../../errors.ts';
import { isRunning } from '../execution.ts';
import type { Transition } from '../transition.ts';
import type { UpdateRequest } from '../wire.ts';
import { payloadsBytes } from '../payload-size.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';
import { requireNotClosing } from './signal.ts';

const concurrentLimit = 2;
const failingAttempt = 3;

/** An update id that is known already changes nothing. @throws ServiceError */
export function admitUpdate(t: Transition, updateId: string, request: UpdateRequest): void {
  const { execution } = t;
  if (execution.updates.has(updateId)) return;
  if (!isRunning(execution)) throw notFound('workflow execution already completed');
  requireNotClosing(t);
  if ((execution.task?.attempt ?? 1) >= failingAttempt) {
    throw workflowNotReady('Unable to perform workflow execution update due to Workflow Task in failed state.');
  }
  const inFlight = [...execution.updates.values()].filter(({ state }) => state !== 'completed');
  const { updatesInFlight, updatesTotal, updateBytesInFlight } = t.around.limits;
  if (inFlight.length >= updatesInFlight) {
    throw resourceExhausted(`limit on number of concurrent in-flight updates has been reached (${updatesInFlight})`, {
      cause: concurrentLimit,
    });
  }
  const bytes = [...inFlight, { request }].reduce((sum, update) => sum + payloadsBytes(update.request?.input?.args), 0);
  if (bytes > updateBytesInFlight) {
    throw resourceExhausted(`limit on the total size of in-flight updates has been reached (${updateBytesInFlight})`, {
      cause: concurrentLimit,
    });
  }
  if (execution.updateCount >= updatesTotal) {
    throw failedPrecondition(
      `The limit on the total number of distinct updates in this workflow has been reached (${updatesTotal}). Make sure any duplicate updates share an Update ID so the server can deduplicate them, and consider rejecting updates that you aren't going to process`,
    );
  }
  t.note({ kind: 'updateAdmitted', updateId, request });
  if (!execution.task) scheduleWorkflowTask(t, { speculative: true });
}
