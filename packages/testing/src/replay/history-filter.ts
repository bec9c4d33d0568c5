/** Which of the histories to replay. */
export interface HistoryFilter {
  /** Only these workflow types. */
  types?: readonly string[];
  /** Only executions that were open, or closed, when they were recorded. Default `all`. */
  scope?: 'all' | 'open' | 'closed';
}

/** Whether the filter leaves a history in. */
export function isWanted(
  history: { workflowType: string; isClosed: boolean },
  { types, scope = 'all' }: HistoryFilter,
): boolean {
  if (types !== undefined && types.length > 0 && !types.includes(history.workflowType)) return false;
  return scope === 'all' || (scope === 'closed') === history.isClosed;
}
