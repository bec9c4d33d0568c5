/** The walks of the messages of the service that have payloads, under the names that `visit` is used with. */
import type { MessageTypes } from '@reprise/proto';
import { walkOf, type Walk } from './walk.ts';

type OfService<Name extends string> = `temporal.api.workflowservice.v1.${Name}` & keyof MessageTypes;

const walk = <Name extends string>(name: Name): Walk<MessageTypes[OfService<Name>]> =>
  walkOf(`temporal.api.workflowservice.v1.${name}` as OfService<Name>);

export const walkCountActivityExecutionsResponse = walk('CountActivityExecutionsResponse');
export const walkCountNexusOperationExecutionsResponse = walk('CountNexusOperationExecutionsResponse');
export const walkCountSchedulesResponse = walk('CountSchedulesResponse');
export const walkCountWorkflowExecutionsResponse = walk('CountWorkflowExecutionsResponse');
export const walkCreateScheduleRequest = walk('CreateScheduleRequest');
export const walkCreateWorkerDeploymentVersionRequest = walk('CreateWorkerDeploymentVersionRequest');
export const walkDescribeActivityExecutionResponse = walk('DescribeActivityExecutionResponse');
export const walkDescribeDeploymentResponse = walk('DescribeDeploymentResponse');
export const walkDescribeNexusOperationExecutionResponse = walk('DescribeNexusOperationExecutionResponse');
export const walkDescribeScheduleResponse = walk('DescribeScheduleResponse');
export const walkDescribeWorkerDeploymentVersionResponse = walk('DescribeWorkerDeploymentVersionResponse');
export const walkDescribeWorkflowExecutionResponse = walk('DescribeWorkflowExecutionResponse');
export const walkExecuteMultiOperationRequest = walk('ExecuteMultiOperationRequest');
export const walkOperation = walk('ExecuteMultiOperationRequest.Operation');
export const walkExecuteMultiOperationResponse = walk('ExecuteMultiOperationResponse');
export const walkResponse = walk('ExecuteMultiOperationResponse.Response');
export const walkGetCurrentDeploymentResponse = walk('GetCurrentDeploymentResponse');
export const walkGetDeploymentReachabilityResponse = walk('GetDeploymentReachabilityResponse');
export const walkGetWorkflowExecutionHistoryResponse = walk('GetWorkflowExecutionHistoryResponse');
export const walkGetWorkflowExecutionHistoryReverseResponse = walk('GetWorkflowExecutionHistoryReverseResponse');
export const walkListActivityExecutionsResponse = walk('ListActivityExecutionsResponse');
export const walkListArchivedWorkflowExecutionsResponse = walk('ListArchivedWorkflowExecutionsResponse');
export const walkListClosedWorkflowExecutionsResponse = walk('ListClosedWorkflowExecutionsResponse');
export const walkListNexusOperationExecutionsResponse = walk('ListNexusOperationExecutionsResponse');
export const walkListOpenWorkflowExecutionsResponse = walk('ListOpenWorkflowExecutionsResponse');
export const walkListSchedulesResponse = walk('ListSchedulesResponse');
export const walkListWorkflowExecutionsResponse = walk('ListWorkflowExecutionsResponse');
export const walkPollActivityExecutionResponse = walk('PollActivityExecutionResponse');
export const walkPollActivityTaskQueueResponse = walk('PollActivityTaskQueueResponse');
export const walkPollNexusOperationExecutionResponse = walk('PollNexusOperationExecutionResponse');
export const walkPollNexusTaskQueueResponse = walk('PollNexusTaskQueueResponse');
export const walkPollWorkflowExecutionUpdateResponse = walk('PollWorkflowExecutionUpdateResponse');
export const walkPollWorkflowTaskQueueResponse = walk('PollWorkflowTaskQueueResponse');
export const walkQueryWorkflowRequest = walk('QueryWorkflowRequest');
export const walkQueryWorkflowResponse = walk('QueryWorkflowResponse');
export const walkRecordActivityTaskHeartbeatByIdRequest = walk('RecordActivityTaskHeartbeatByIdRequest');
export const walkRecordActivityTaskHeartbeatRequest = walk('RecordActivityTaskHeartbeatRequest');
export const walkResetWorkflowExecutionRequest = walk('ResetWorkflowExecutionRequest');
export const walkRespondActivityTaskCanceledByIdRequest = walk('RespondActivityTaskCanceledByIdRequest');
export const walkRespondActivityTaskCanceledRequest = walk('RespondActivityTaskCanceledRequest');
export const walkRespondActivityTaskCompletedByIdRequest = walk('RespondActivityTaskCompletedByIdRequest');
export const walkRespondActivityTaskCompletedRequest = walk('RespondActivityTaskCompletedRequest');
export const walkRespondActivityTaskFailedByIdRequest = walk('RespondActivityTaskFailedByIdRequest');
export const walkRespondActivityTaskFailedByIdResponse = walk('RespondActivityTaskFailedByIdResponse');
export const walkRespondActivityTaskFailedRequest = walk('RespondActivityTaskFailedRequest');
export const walkRespondActivityTaskFailedResponse = walk('RespondActivityTaskFailedResponse');
export const walkRespondNexusTaskCompletedRequest = walk('RespondNexusTaskCompletedRequest');
export const walkRespondNexusTaskFailedRequest = walk('RespondNexusTaskFailedRequest');
export const walkRespondQueryTaskCompletedRequest = walk('RespondQueryTaskCompletedRequest');
export const walkRespondWorkflowTaskCompletedRequest = walk('RespondWorkflowTaskCompletedRequest');
export const walkRespondWorkflowTaskCompletedResponse = walk('RespondWorkflowTaskCompletedResponse');
export const walkRespondWorkflowTaskFailedRequest = walk('RespondWorkflowTaskFailedRequest');
export const walkScanWorkflowExecutionsResponse = walk('ScanWorkflowExecutionsResponse');
export const walkSetCurrentDeploymentRequest = walk('SetCurrentDeploymentRequest');
export const walkSetCurrentDeploymentResponse = walk('SetCurrentDeploymentResponse');
export const walkSignalWithStartWorkflowExecutionRequest = walk('SignalWithStartWorkflowExecutionRequest');
export const walkSignalWorkflowExecutionRequest = walk('SignalWorkflowExecutionRequest');
export const walkStartActivityExecutionRequest = walk('StartActivityExecutionRequest');
export const walkStartBatchOperationRequest = walk('StartBatchOperationRequest');
export const walkStartNexusOperationExecutionRequest = walk('StartNexusOperationExecutionRequest');
export const walkStartWorkflowExecutionRequest = walk('StartWorkflowExecutionRequest');
export const walkStartWorkflowExecutionResponse = walk('StartWorkflowExecutionResponse');
export const walkTerminateWorkflowExecutionRequest = walk('TerminateWorkflowExecutionRequest');
export const walkUpdateScheduleRequest = walk('UpdateScheduleRequest');
export const walkUpdateWorkerDeploymentVersionComputeConfigRequest = walk(
  'UpdateWorkerDeploymentVersionComputeConfigRequest',
);
export const walkUpdateWorkerDeploymentVersionMetadataRequest = walk('UpdateWorkerDeploymentVersionMetadataRequest');
export const walkUpdateWorkerDeploymentVersionMetadataResponse = walk('UpdateWorkerDeploymentVersionMetadataResponse');
export const walkUpdateWorkflowExecutionRequest = walk('UpdateWorkflowExecutionRequest');
export const walkUpdateWorkflowExecutionResponse = walk('UpdateWorkflowExecutionResponse');
export const walkValidateWorkerDeploymentVersionComputeConfigRequest = walk(
  'ValidateWorkerDeploymentVersionComputeConfigRequest',
);
