import { countActivityExecutions } from './count-activity-executions.ts';
import { deleteActivityExecution } from './delete-activity-execution.ts';
import { deleteWorkflowExecution } from './delete-workflow-execution.ts';
import { describeActivityExecution } from './describe-activity-execution.ts';
import { describeWorkflowExecution } from './describe-workflow-execution.ts';
import { executeMultiOperation } from './execute-multi-operation.ts';
import { getWorkflowExecutionHistoryReverse } from './get-workflow-execution-history-reverse.ts';
import { getWorkflowExecutionHistory } from './get-workflow-execution-history.ts';
import { listActivityExecutions } from './list-activity-executions.ts';
import { pauseActivity } from './pause-activity.ts';
import { pauseWorkflowExecution } from './pause-workflow-execution.ts';
import { pollActivityExecution } from './poll-activity-execution.ts';
import { pollActivityTaskQueue } from './poll-activity-task-queue.ts';
import { pollWorkflowExecutionUpdate } from './poll-workflow-execution-update.ts';
import { pollWorkflowTaskQueue } from './poll-workflow-task-queue.ts';
import { queryWorkflow } from './query-workflow.ts';
import { recordActivityTaskHeartbeatById } from './record-activity-task-heartbeat-by-id.ts';
import { recordActivityTaskHeartbeat } from './record-activity-task-heartbeat.ts';
import { requestCancelActivityExecution } from './request-cancel-activity-execution.ts';
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
import { startActivityExecution } from './start-activity-execution.ts';
import { startWorkflowExecution } from './start-workflow-execution.ts';
import { terminateActivityExecution } from './terminate-activity-execution.ts';
import { terminateWorkflowExecution } from './terminate-workflow-execution.ts';
import { unpauseActivity } from './unpause-activity.ts';
import { unpauseWorkflowExecution } from './unpause-workflow-execution.ts';
import { updateActivityOptions } from './update-activity-options.ts';
import { updateWorkflowExecutionOptions } from './update-workflow-execution-options.ts';
import { updateWorkflowExecution } from './update-workflow-execution.ts';

/** Methods that act on executions. */
export const executionHandlers: WorkflowHandlers = {
  countActivityExecutions,
  deleteActivityExecution,
  deleteWorkflowExecution,
  describeActivityExecution,
  describeWorkflowExecution,
  executeMultiOperation,
  getWorkflowExecutionHistory,
  getWorkflowExecutionHistoryReverse,
  listActivityExecutions,
  pauseActivity,
  pauseWorkflowExecution,
  pollActivityExecution,
  pollActivityTaskQueue,
  pollWorkflowExecutionUpdate,
  pollWorkflowTaskQueue,
  queryWorkflow,
  recordActivityTaskHeartbeat,
  recordActivityTaskHeartbeatById,
  requestCancelActivityExecution,
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
  startActivityExecution,
  startWorkflowExecution,
  terminateActivityExecution,
  terminateWorkflowExecution,
  unpauseActivity,
  unpauseWorkflowExecution,
  updateActivityOptions,
  updateWorkflowExecution,
  updateWorkflowExecutionOptions,
};
