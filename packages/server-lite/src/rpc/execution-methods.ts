import { deleteWorkflowExecution } from './delete-workflow-execution.ts';
import { describeWorkflowExecution } from './describe-workflow-execution.ts';
import { executeMultiOperation } from './execute-multi-operation.ts';
import { getWorkflowExecutionHistoryReverse } from './get-workflow-execution-history-reverse.ts';
import { getWorkflowExecutionHistory } from './get-workflow-execution-history.ts';
import { pauseActivity } from './pause-activity.ts';
import { pauseWorkflowExecution } from './pause-workflow-execution.ts';
import { pollActivityTaskQueue } from './poll-activity-task-queue.ts';
import { pollWorkflowExecutionUpdate } from './poll-workflow-execution-update.ts';
import { pollWorkflowTaskQueue } from './poll-workflow-task-queue.ts';
import { queryWorkflow } from './query-workflow.ts';
import { recordActivityTaskHeartbeatById } from './record-activity-task-heartbeat-by-id.ts';
import { recordActivityTaskHeartbeat } from './record-activity-task-heartbeat.ts';
import { requestCancelWorkflowExecution } from './request-cancel-workflow-execution.ts';
import { resetActivity } from './reset-activity.ts';
import { resetStickyTaskQueue } from './reset-sticky-task-queue.ts';
import { resetWorkflowExecution } from './reset-workflow-execution.ts';
import { respondActivityTaskCanceledById } from './respond-activity-task-canceled-by-id.ts';
import { respondActivityTaskCanceled } from './respond-activity-task-canceled.ts';
import { respondActivityTaskCompletedById } from './respond-activity-task-completed-by-id.ts';
import { respondActivityTaskCompleted } from './respond-activity-task-completed.ts';
import { respondActivityTaskFailedById } from './respond-activity-task-failed-by-id.ts';
import { respondActivityTaskFailed } from './respond-activity-task-failed.ts';
import { respondQueryTaskCompleted } from './respond-query-task-completed.ts';
import { respondWorkflowTaskCompleted } from './respond-workflow-task-completed.ts';
import { respondWorkflowTaskFailed } from './respond-workflow-task-failed.ts';
import type { WorkflowHandlers } from './rpc.ts';
import { signalWithStartWorkflowExecution } from './signal-with-start-workflow-execution.ts';
import { signalWorkflowExecution } from './signal-workflow-execution.ts';
import { startWorkflowExecution } from './start-workflow-execution.ts';
import { terminateWorkflowExecution } from './terminate-workflow-execution.ts';
import { unpauseActivity } from './unpause-activity.ts';
import { unpauseWorkflowExecution } from './unpause-workflow-execution.ts';
import { updateActivityOptions } from './update-activity-options.ts';
import { updateWorkflowExecutionOptions } from './update-workflow-execution-options.ts';
import { updateWorkflowExecution } from './update-workflow-execution.ts';

/** Methods that act on executions. */
export const executionHandlers: WorkflowHandlers = {
  deleteWorkflowExecution,
  describeWorkflowExecution,
  executeMultiOperation,
  getWorkflowExecutionHistory,
  getWorkflowExecutionHistoryReverse,
  pauseActivity,
  pauseWorkflowExecution,
  pollActivityTaskQueue,
  pollWorkflowExecutionUpdate,
  pollWorkflowTaskQueue,
  queryWorkflow,
  recordActivityTaskHeartbeat,
  recordActivityTaskHeartbeatById,
  requestCancelWorkflowExecution,
  resetActivity,
  resetStickyTaskQueue,
  resetWorkflowExecution,
  respondActivityTaskCanceled,
  respondActivityTaskCanceledById,
  respondActivityTaskCompleted,
  respondActivityTaskCompletedById,
  respondActivityTaskFailed,
  respondActivityTaskFailedById,
  respondQueryTaskCompleted,
  respondWorkflowTaskCompleted,
  respondWorkflowTaskFailed,
  signalWithStartWorkflowExecution,
  signalWorkflowExecution,
  startWorkflowExecution,
  terminateWorkflowExecution,
  unpauseActivity,
  unpauseWorkflowExecution,
  updateActivityOptions,
  updateWorkflowExecution,
  updateWorkflowExecutionOptions,
};
