/** The attributes that spans say things with. */
export const AttributeName = {
  runId: 'run_id',
  workflowId: 'temporalWorkflowId',
  activityId: 'temporalActivityId',
  updateId: 'temporalUpdateId',
  terminateReason: 'temporalTerminateReason',
  nexusService: 'temporalNexusService',
  nexusOperation: 'temporalNexusOperation',
  nexusEndpoint: 'temporalNexusEndpoint',
} as const;
