import { startBatchOperation } from './start-batch-operation.ts';
import { describeBatchOperation } from './describe-batch-operation.ts';
import { stopBatchOperation } from './stop-batch-operation.ts';
import { listBatchOperations } from './list-batch-operations.ts';
import { createSchedule } from './create-schedule.ts';
import { describeSchedule } from './describe-schedule.ts';
import { updateSchedule } from './update-schedule.ts';
import { patchSchedule } from './patch-schedule.ts';
import { deleteSchedule } from './delete-schedule.ts';
import { listScheduleMatchingTimes } from './list-schedule-matching-times.ts';
import { listSchedules } from './list-schedules.ts';
import { countSchedules } from './count-schedules.ts';
import { countWorkflowExecutions } from './count-workflow-executions.ts';
import { deprecateNamespace } from './deprecate-namespace.ts';
import { describeNamespace } from './describe-namespace.ts';
import { executionHandlers } from './execution-methods.ts';
import { getClusterInfo } from './get-cluster-info.ts';
import { getSystemInfo } from './get-system-info.ts';
import { listNamespaces } from './list-namespaces.ts';
import { listWorkflowExecutions } from './list-workflow-executions.ts';
import { recordWorkerHeartbeat } from './record-worker-heartbeat.ts';
import { registerNamespace } from './register-namespace.ts';
import type { WorkflowHandlers } from './rpc.ts';
import { scanWorkflowExecutions } from './scan-workflow-executions.ts';
import { shutdownWorker } from './shutdown-worker.ts';
import { updateNamespace } from './update-namespace.ts';

/** Every method of the workflow service that this server answers. */
export const workflowHandlers: WorkflowHandlers = {
  ...executionHandlers,
  startBatchOperation,
  describeBatchOperation,
  stopBatchOperation,
  listBatchOperations,
  createSchedule,
  describeSchedule,
  updateSchedule,
  patchSchedule,
  deleteSchedule,
  listScheduleMatchingTimes,
  listSchedules,
  countSchedules,
  countWorkflowExecutions,
  deprecateNamespace,
  describeNamespace,
  getClusterInfo,
  getSystemInfo,
  listNamespaces,
  listWorkflowExecutions,
  recordWorkerHeartbeat,
  registerNamespace,
  scanWorkflowExecutions,
  shutdownWorker,
  updateNamespace,
};
