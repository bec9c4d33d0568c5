/** Messages of the wire that client code names. */
import type { temporal } from '@reprise/proto';

export type StartWorkflowExecutionRequest = temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
export type GetWorkflowExecutionHistoryRequest = temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
export type TerminateWorkflowExecutionResponse = temporal.api.workflowservice.v1.TerminateWorkflowExecutionResponse;
export type RequestCancelWorkflowExecutionResponse =
  temporal.api.workflowservice.v1.RequestCancelWorkflowExecutionResponse;
