import { countActivityExecutions } from './activity/count-activity-executions.ts';
import { deleteActivityExecution } from './activity/delete-activity-execution.ts';
import { deleteWorkflowExecution } from './workflow/delete-workflow-execution.ts';
import { describeActivityExecution } from './activity/describe-activity-execution.ts';
import { describeWorkflowExecution } from './workflow/describe-workflow-execution.ts';
import { executeMultiOperation } from './workflow/execute-multi-operation.ts';
import { getWorkflowExecutionHistoryReverse } from './history/get-workflow-execution-history-reverse.ts';
import { getWorkflowExecutionHistory } from './history/get-workflow-execution-history.ts';
import { listActivityExecutions } from './activity/list-activity-executions.ts';
import { pauseActivity } from './activity/pause-activity.ts';
import { pauseWorkflowExecution } from './workflow/pause-workflow-execution.ts';
import { pollActivityExecution } from './activity/poll-activity-execution.ts';
import { pollActivityTaskQueue } from './activity-task/poll-activity-task-queue.ts';
import { pollWorkflowExecutionUpdate } from './update/poll-workflow-execution-update.ts';
import { pollWorkflowTaskQueue } from './workflow-task/poll-workflow-task-queue.ts';
import { queryWorkflow } from './workflow-task/query-workflow.ts';
import { recordActivityTaskHeartbeatById } from './activity-task/record-activity-task-heartbeat-by-id.ts';
import { recordActivityTaskHeartbeat } from './activity-task/record-activity-task-heartbeat.ts';
import { requestCancelActivityExecution } from './activity/request-cancel-activity-execution.ts';
import { requestCancelWorkflowExecution } from './workflow/request-cancel-workflow-execution.ts';
import { resetActivity } from './activity/reset-activity.ts';
import { resetStickyTaskQueue } from './workflow-task/reset-sticky-task-queue.ts';
import { resetWorkflowExecution } from './workflow/reset-workflow-execution.ts';
import { respondActivityTaskCanceledById } from './activity-task/respond-activity-task-canceled-by-id.ts';
import { respondActivityTaskCanceled } from './activity-task/respond-activity-task-canceled.ts';
import { respondActivityTaskCompletedById } from './activity-task/respond-activity-task-completed-by-id.ts';
import { respondActivityTaskCompleted } from './activity-task/respond-activity-task-completed.ts';
import { respondActivityTaskFailedById } from './activity-task/respond-activity-task-failed-by-id.ts';
import { respondActivityTaskFailed } from './activity-task/respond-activity-task-failed.ts';
import { respondQueryTaskCompleted } from './workflow-task/respond-query-task-completed.ts';
import { respondWorkflowTaskCompleted } from './workflow-task/respond-workflow-task-completed.ts';
import { respondWorkflowTaskFailed } from './workflow-task/respond-workflow-task-failed.ts';
import type { WorkflowHandlers } from './rpc.ts';
import { signalWithStartWorkflowExecution } from './workflow/signal-with-start-workflow-execution.ts';
import { signalWorkflowExecution } from './workflow/signal-workflow-execution.ts';
import { startActivityExecution } from './activity/start-activity-execution.ts';
import { startWorkflowExecution } from './workflow/start-workflow-execution.ts';
import { terminateActivityExecution } from './activity/terminate-activity-execution.ts';
import { terminateWorkflowExecution } from './workflow/terminate-workflow-execution.ts';
import { unpauseActivity } from './activity/unpause-activity.ts';
import { unpauseWorkflowExecution } from './workflow/unpause-workflow-execution.ts';
import { updateActivityOptions } from './activity/update-activity-options.ts';
import { updateWorkflowExecutionOptions } from './workflow/update-workflow-execution-options.ts';
import { updateWorkflowExecution } from './update/update-workflow-execution.ts';

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
