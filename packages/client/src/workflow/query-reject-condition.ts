import { enumCodec } from '@reprise/common';

/** In which states of a workflow a query is refused. */
export const QueryRejectCondition = {
  /** In none. The default. */
  NONE: 'NONE',
  /** When the workflow is closed. */
  NOT_OPEN: 'NOT_OPEN',
  /** When the workflow is closed in another way than by completing. */
  NOT_COMPLETED_CLEANLY: 'NOT_COMPLETED_CLEANLY',
  /** @deprecated Use the names without the prefix; these are the same. */
  QUERY_REJECT_CONDITION_UNSPECIFIED: undefined,
  QUERY_REJECT_CONDITION_NONE: 'NONE',
  QUERY_REJECT_CONDITION_NOT_OPEN: 'NOT_OPEN',
  QUERY_REJECT_CONDITION_NOT_COMPLETED_CLEANLY: 'NOT_COMPLETED_CLEANLY',
} as const;
export type QueryRejectCondition = NonNullable<(typeof QueryRejectCondition)[keyof typeof QueryRejectCondition]>;

const conditions = enumCodec<QueryRejectCondition>('QueryRejectCondition', 'QUERY_REJECT_CONDITION_', {
  NONE: 1,
  NOT_OPEN: 2,
  NOT_COMPLETED_CLEANLY: 3,
});
/** The number of a QueryRejectCondition. */
export const encodeQueryRejectCondition = conditions.encode;
/** The QueryRejectCondition of a number. */
export const decodeQueryRejectCondition = conditions.decode;
