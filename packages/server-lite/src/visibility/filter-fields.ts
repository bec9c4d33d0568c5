/** Where each name of the filter language is found in the tables. */
import type { SearchAttributeType } from '../system/search-attribute/search-attribute-type.ts';

export type FieldPlace =
  /** A column of `visibility_runs`; `scale` divides what the filter says to get what is stored. */
  | { readonly kind: 'column'; readonly sql: string; readonly scale?: number }
  /** Rows of `visibility_attributes`. */
  | { readonly kind: 'attribute' };

export interface Field {
  readonly name: string;
  readonly type: SearchAttributeType;
  readonly place: FieldPlace;
}

/** What running executions sort and compare by, as their close time. */
export const neverMs = 253_402_300_799_000;
const nsPerMs = 1_000_000;

const columns: Readonly<Record<string, { sql: string; scale?: number }>> = {
  WorkflowId: { sql: 'r.workflow_id' },
  RunId: { sql: 'r.run_id' },
  WorkflowType: { sql: 'r.workflow_type' },
  // The plus: by the index of it runs are only found when they are few, and then in another way.
  StartTime: { sql: '+r.start_ms' },
  ExecutionTime: { sql: 'r.execution_ms' },
  CloseTime: { sql: 'r.sort_ms' },
  ExecutionStatus: { sql: 'r.status' },
  TaskQueue: { sql: 'r.task_queue' },
  HistoryLength: { sql: 'r.history_length' },
  HistorySizeBytes: { sql: 'r.history_size_bytes' },
  StateTransitionCount: { sql: 'r.state_transition_count' },
  ExecutionDuration: { sql: '(r.close_ms - r.execution_ms)', scale: nsPerMs },
  ParentWorkflowId: { sql: 'r.parent_workflow_id' },
  ParentRunId: { sql: 'r.parent_run_id' },
  RootWorkflowId: { sql: 'r.root_workflow_id' },
  RootRunId: { sql: 'r.root_run_id' },
  TemporalNamespaceDivision: { sql: 'r.division' },
};

export function fieldOf(name: string, typeOf: (name: string) => SearchAttributeType | undefined): Field | undefined {
  const type = typeOf(name);
  if (!type) return undefined;
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  return { name, type, place: column ? { kind: 'column', ...column } : { kind: 'attribute' } };
}
