/** Errors that fail the workflow instead of its task, by the name of their class, for each workflow type; `*`: for all. */
export type WorkflowFailureErrorTypes = Record<
  string,
  ('NondeterminismError' | 'DeterminismViolationError' | 'Error' | (string & {}))[]
>;

/** The names that count for a workflow type. */
export function failureTypesOf(types: WorkflowFailureErrorTypes | undefined, workflowType: string): string[] {
  if (types === undefined) return [];
  const own = Object.hasOwn(types, workflowType) ? types[workflowType] : undefined;
  return [...new Set([...(types['*'] ?? []), ...(workflowType === '*' ? [] : (own ?? []))])];
}

/** Names of error classes that stand for code that does not fit its history. */
const mismatchNames: ReadonlySet<string> = new Set(['NondeterminismError', 'DeterminismViolationError', 'Error']);

/** Whether a workflow of this type fails when its code does not fit its history. */
export function failsOnMismatch(types: WorkflowFailureErrorTypes | undefined, workflowType: string): boolean {
  return failureTypesOf(types, workflowType).some((name) => mismatchNames.has(name));
}

/** Throws TypeError unless these are lists of names by workflow type. */
export function checkFailureTypes(types: unknown): void {
  if (types === undefined) return;
  const isRecord = typeof types === 'object' && types !== null && !Array.isArray(types);
  if (!isRecord) {
    throw new TypeError(
      "Worker option workflowFailureErrorTypes must name error types by workflow type, such as { '*': ['MyError'] }; " +
        `got ${JSON.stringify(types)}`,
    );
  }
  for (const [workflowType, names] of Object.entries(types)) {
    if (Array.isArray(names) && names.every((name) => typeof name === 'string' && name !== '')) continue;
    throw new TypeError(
      `workflowFailureErrorTypes['${workflowType}'] must be an array of names of error types, got ${JSON.stringify(names)}`,
    );
  }
}
