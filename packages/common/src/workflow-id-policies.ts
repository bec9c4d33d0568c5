import { enumCodec } from './enum-codec.ts';

/** What happens when a workflow is started with the id of a closed one. */
export const WorkflowIdReusePolicy = {
  /** Start it. */
  ALLOW_DUPLICATE: 'ALLOW_DUPLICATE',
  /** Start it unless the last one completed. */
  ALLOW_DUPLICATE_FAILED_ONLY: 'ALLOW_DUPLICATE_FAILED_ONLY',
  /** Never start it. */
  REJECT_DUPLICATE: 'REJECT_DUPLICATE',
  /** Also terminate one that runs. Use WorkflowIdConflictPolicy.TERMINATE_EXISTING instead. */
  TERMINATE_IF_RUNNING: 'TERMINATE_IF_RUNNING',
  /** The names of the wire, for older code. */
  WORKFLOW_ID_REUSE_POLICY_UNSPECIFIED: undefined,
  WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE: 'ALLOW_DUPLICATE',
  WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY: 'ALLOW_DUPLICATE_FAILED_ONLY',
  WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE: 'REJECT_DUPLICATE',
  WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING: 'TERMINATE_IF_RUNNING',
} as const;
export type WorkflowIdReusePolicy = NonNullable<(typeof WorkflowIdReusePolicy)[keyof typeof WorkflowIdReusePolicy]>;

const reusePolicies = enumCodec<WorkflowIdReusePolicy>('WorkflowIdReusePolicy', 'WORKFLOW_ID_REUSE_POLICY_', {
  ALLOW_DUPLICATE: 1,
  ALLOW_DUPLICATE_FAILED_ONLY: 2,
  REJECT_DUPLICATE: 3,
  TERMINATE_IF_RUNNING: 4,
});
/** The wire number of a WorkflowIdReusePolicy. */
export const encodeWorkflowIdReusePolicy = reusePolicies.encode;
/** The WorkflowIdReusePolicy of a wire number. */
export const decodeWorkflowIdReusePolicy = reusePolicies.decode;

/** What happens when a workflow is started with the id of a running one. */
export const WorkflowIdConflictPolicy = {
  /** The start fails. */
  FAIL: 'FAIL',
  /** The running one is used. */
  USE_EXISTING: 'USE_EXISTING',
  /** The running one is terminated first. */
  TERMINATE_EXISTING: 'TERMINATE_EXISTING',
} as const;
export type WorkflowIdConflictPolicy = (typeof WorkflowIdConflictPolicy)[keyof typeof WorkflowIdConflictPolicy];

const conflictPolicies = enumCodec<WorkflowIdConflictPolicy>(
  'WorkflowIdConflictPolicy',
  'WORKFLOW_ID_CONFLICT_POLICY_',
  {
    FAIL: 1,
    USE_EXISTING: 2,
    TERMINATE_EXISTING: 3,
  },
);
/** The wire number of a WorkflowIdConflictPolicy. */
export const encodeWorkflowIdConflictPolicy = conflictPolicies.encode;
/** The WorkflowIdConflictPolicy of a wire number. */
export const decodeWorkflowIdConflictPolicy = conflictPolicies.decode;
