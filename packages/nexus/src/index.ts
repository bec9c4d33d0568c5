export { asyncLocalStorage, getClient, log, metricMeter, operationInfo } from './context.ts';
export type {
  HandlerContext,
  OperationInfo,
  TemporalCancelOperationContext,
  TemporalStartOperationContext,
} from './context.ts';
export { signalWithStartWorkflow, startWorkflow } from './start-workflow.ts';
export type { WorkflowSignalWithStartOptions, WorkflowStartOptions } from './start-workflow.ts';
export type {
  ActivityOptions,
  ActivityOptionsFor,
  NexusTypedActivityClient,
  NexusUpdateWorkflowOptions,
  TemporalNexusClient,
  UpdatableWorkflowHandle,
} from './temporal-nexus-client.ts';
export { TemporalOperationHandler } from './temporal-operation-handler.ts';
export type {
  CancelActivityOptions,
  CancelWorkflowRunOptions,
  CancelWorkflowUpdateOptions,
  TemporalOperationHandlerOptions,
  TemporalOperationStartHandler,
} from './temporal-operation-handler.ts';
export { TemporalOperationResult } from './temporal-operation-result.ts';
export type { WorkflowHandle } from './workflow-handle.ts';
export { WorkflowRunOperationHandler } from './workflow-run-operation-handler.ts';
export type { WorkflowRunOperationStartHandler } from './workflow-run-operation-handler.ts';
