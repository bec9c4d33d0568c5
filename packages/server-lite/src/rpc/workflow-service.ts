import { countSchedules } from './schedule/count-schedules.ts';
import { countWorkflowExecutions } from './list/count-workflow-executions.ts';
import { createSchedule } from './schedule/create-schedule.ts';
import { deleteSchedule } from './schedule/delete-schedule.ts';
import { createWorkerDeploymentVersion } from './deployment/create-worker-deployment-version.ts';
import { createWorkerDeployment } from './deployment/create-worker-deployment.ts';
import { deleteWorkerDeploymentVersion } from './deployment/delete-worker-deployment-version.ts';
import { deleteWorkerDeployment } from './deployment/delete-worker-deployment.ts';
import { deprecateNamespace } from './namespace/deprecate-namespace.ts';
import { describeBatchOperation } from './batch/describe-batch-operation.ts';
import { describeNamespace } from './namespace/describe-namespace.ts';
import { describeSchedule } from './schedule/describe-schedule.ts';
import { describeTaskQueue } from './task-queue/describe-task-queue.ts';
import { describeWorkerDeploymentVersion } from './deployment/describe-worker-deployment-version.ts';
import { describeWorkerDeployment } from './deployment/describe-worker-deployment.ts';
import { describeWorker } from './worker/describe-worker.ts';
import { executionHandlers } from './execution-methods.ts';
import { getClusterInfo } from './cluster/get-cluster-info.ts';
import { getSearchAttributes } from './search-attribute/get-search-attributes.ts';
import { getSystemInfo } from './cluster/get-system-info.ts';
import { listArchivedWorkflowExecutions } from './list/list-archived-workflow-executions.ts';
import { listBatchOperations } from './batch/list-batch-operations.ts';
import { listClosedWorkflowExecutions } from './list/list-closed-workflow-executions.ts';
import { listNamespaces } from './namespace/list-namespaces.ts';
import { listOpenWorkflowExecutions } from './list/list-open-workflow-executions.ts';
import { listScheduleMatchingTimes } from './schedule/list-schedule-matching-times.ts';
import { listSchedules } from './schedule/list-schedules.ts';
import { listTaskQueuePartitions } from './task-queue/list-task-queue-partitions.ts';
import { listWorkerDeployments } from './deployment/list-worker-deployments.ts';
import { listWorkers } from './worker/list-workers.ts';
import { listWorkflowExecutions } from './list/list-workflow-executions.ts';
import { patchSchedule } from './schedule/patch-schedule.ts';
import { pollNexusTaskQueue } from './nexus/poll-nexus-task-queue.ts';
import { recordWorkerHeartbeat } from './worker/record-worker-heartbeat.ts';
import { refusedMethods } from './refused-methods.ts';
import { registerNamespace } from './namespace/register-namespace.ts';
import { respondNexusTaskCompleted } from './nexus/respond-nexus-task-completed.ts';
import { respondNexusTaskFailed } from './nexus/respond-nexus-task-failed.ts';
import type { WorkflowHandlers } from './rpc.ts';
import { scanWorkflowExecutions } from './list/scan-workflow-executions.ts';
import { setWorkerDeploymentCurrentVersion } from './deployment/set-worker-deployment-current-version.ts';
import { setWorkerDeploymentManager } from './deployment/set-worker-deployment-manager.ts';
import { setWorkerDeploymentRampingVersion } from './deployment/set-worker-deployment-ramping-version.ts';
import { shutdownWorker } from './worker/shutdown-worker.ts';
import { startBatchOperation } from './batch/start-batch-operation.ts';
import { stopBatchOperation } from './batch/stop-batch-operation.ts';
import { updateNamespace } from './namespace/update-namespace.ts';
import { updateSchedule } from './schedule/update-schedule.ts';
import { updateTaskQueueConfig } from './task-queue/update-task-queue-config.ts';
import { updateWorkerDeploymentVersionComputeConfig } from './deployment/update-worker-deployment-version-compute-config.ts';
import { updateWorkerDeploymentVersionMetadata } from './deployment/update-worker-deployment-version-metadata.ts';
import { validateWorkerDeploymentVersionComputeConfig } from './deployment/validate-worker-deployment-version-compute-config.ts';

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
