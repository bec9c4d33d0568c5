import type { WorkflowHandler } from '../rpc.ts';

export const getSystemInfo: WorkflowHandler<'getSystemInfo'> = async (_request, ctx) => ({
  serverVersion: ctx.system.version,
  capabilities: {
    signalAndQueryHeader: true,
    internalErrorDifferentiation: true,
    activityFailureIncludeHeartbeat: true,
    supportsSchedules: true,
    encodedFailureAttributes: true,
    buildIdBasedVersioning: true,
    upsertMemo: true,
    eagerWorkflowStart: true,
    sdkMetadata: true,
    countGroupByExecutionStatus: true,
    nexus: true,
    serverScaledDeployments: true,
  },
});
