import { countSchedules } from './count-schedules.ts';
import { countWorkflowExecutions } from './count-workflow-executions.ts';
import { createSchedule } from './create-schedule.ts';
import { deleteSchedule } from './delete-schedule.ts';
import { createWorkerDeploymentVersion } from './create-worker-deployment-version.ts';
import { createWorkerDeployment } from './create-worker-deployment.ts';
import { deleteWorkerDeploymentVersion } from './delete-worker-deployment-version.ts';
import { deleteWorkerDeployment } from './delete-worker-deployment.ts';
import { deprecateNamespace } from './deprecate-namespace.ts';
import { describeBatchOperation } from './describe-batch-operation.ts';
import { describeNamespace } from './describe-namespace.ts';
import { describeSchedule } from './describe-schedule.ts';
import { describeTaskQueue } from './describe-task-queue.ts';
import { describeWorkerDeploymentVersion } from './describe-worker-deployment-version.ts';
import { describeWorkerDeployment } from './describe-worker-deployment.ts';
import { describeWorker } from './describe-worker.ts';
import { executionHandlers } from './execution-methods.ts';
import { getClusterInfo } from './get-cluster-info.ts';
import { getSearchAttributes } from './get-search-attributes.ts';
import { getSystemInfo } from './get-system-info.ts';
import { listArchivedWorkflowExecutions } from './list-archived-workflow-executions.ts';
import { listBatchOperations } from './list-batch-operations.ts';
import { listClosedWorkflowExecutions } from './list-closed-workflow-executions.ts';
import { listNamespaces } from './list-namespaces.ts';
import { listOpenWorkflowExecutions } from './list-open-workflow-executions.ts';
import { listScheduleMatchingTimes } from './list-schedule-matching-times.ts';
import { listSchedules } from './list-schedules.ts';
import { listTaskQueuePartitions } from './list-task-queue-partitions.ts';
import { listWorkerDeployments } from './list-worker-deployments.ts';
import { listWorkers } from './list-workers.ts';
import { listWorkflowExecutions } from './list-workflow-executions.ts';
import { patchSchedule } from './patch-schedule.ts';
import { pollNexusTaskQueue } from './poll-nexus-task-queue.ts';
import { recordWorkerHeartbeat } from './record-worker-heartbeat.ts';
import { refusedMethods } from './refused-methods.ts';
import { registerNamespace } from './register-namespace.ts';
import { respondNexusTaskCompleted } from './respond-nexus-task-completed.ts';
import { respondNexusTaskFailed } from './respond-nexus-task-failed.ts';
import type { WorkflowHandlers } from './rpc.ts';
import { scanWorkflowExecutions } from './scan-workflow-executions.ts';
import { setWorkerDeploymentCurrentVersion } from './set-worker-deployment-current-version.ts';
import { setWorkerDeploymentManager } from './set-worker-deployment-manager.ts';
import { setWorkerDeploymentRampingVersion } from './set-worker-deployment-ramping-version.ts';
import { shutdownWorker } from './shutdown-worker.ts';
import { startBatchOperation } from './start-batch-operation.ts';
import { stopBatchOperation } from './stop-batch-operation.ts';
import { updateNamespace } from './update-namespace.ts';
import { updateSchedule } from './update-schedule.ts';
import { updateTaskQueueConfig } from './update-task-queue-config.ts';
import { updateWorkerDeploymentVersionComputeConfig } from './update-worker-deployment-version-compute-config.ts';
import { updateWorkerDeploymentVersionMetadata } from './update-worker-deployment-version-metadata.ts';
import { validateWorkerDeploymentVersionComputeConfig } from './validate-worker-deployment-version-compute-config.ts';

/** Every method of the workflow service that this server answers. */
export const workflowHandlers: WorkflowHandlers = {
  ...refusedMethods,
  ...executionHandlers,
  countSchedules,
  countWorkflowExecutions,
  createSchedule,
  deleteSchedule,
  createWorkerDeployment,
  createWorkerDeploymentVersion,
  deleteWorkerDeployment,
  deleteWorkerDeploymentVersion,
  deprecateNamespace,
  describeBatchOperation,
  describeNamespace,
  describeSchedule,
  describeTaskQueue,
  describeWorker,
  describeWorkerDeployment,
  describeWorkerDeploymentVersion,
  getClusterInfo,
  getSearchAttributes,
  getSystemInfo,
  listArchivedWorkflowExecutions,
  listBatchOperations,
  listClosedWorkflowExecutions,
  listNamespaces,
  listOpenWorkflowExecutions,
  listScheduleMatchingTimes,
  listSchedules,
  listTaskQueuePartitions,
  listWorkerDeployments,
  listWorkers,
  listWorkflowExecutions,
  patchSchedule,
  pollNexusTaskQueue,
  recordWorkerHeartbeat,
  registerNamespace,
  respondNexusTaskCompleted,
  respondNexusTaskFailed,
  scanWorkflowExecutions,
  setWorkerDeploymentCurrentVersion,
  setWorkerDeploymentManager,
  setWorkerDeploymentRampingVersion,
  shutdownWorker,
  startBatchOperation,
  stopBatchOperation,
  updateNamespace,
  updateSchedule,
  updateTaskQueueConfig,
  updateWorkerDeploymentVersionComputeConfig,
  updateWorkerDeploymentVersionMetadata,
  validateWorkerDeploymentVersionComputeConfig,
};
