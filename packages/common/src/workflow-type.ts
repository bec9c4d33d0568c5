import type { Workflow } from './definitions.ts';
import type { PayloadTypeInfo } from './type-info.ts';
import { isWorkflowFunctionWithStaticOptions } from './workflow-options.ts';

/** The type of a workflow by its name, and how its arguments and its result become payloads. */
export interface WorkflowTypeOptions {
  type: string;
  typeInfo?: PayloadTypeInfo | undefined;
}

/**
 * The type name of a workflow, and what is declared of the types of its values: by a workflow function's
 * `defineWorkflowOptions`, or, for a workflow that is named, by the caller.
 *
 * @throws TypeError when there is no name, or when a caller declares types for a workflow function
 */
export function extractWorkflowTypeAndConfig<T extends Workflow>(
  workflowTypeOrFunc: string | T,
  callSiteTypeInfo?: PayloadTypeInfo,
): WorkflowTypeOptions {
  if (typeof workflowTypeOrFunc === 'string') return { type: workflowTypeOrFunc, typeInfo: callSiteTypeInfo };
  if (typeof workflowTypeOrFunc !== 'function') {
    throw new TypeError(
      `Invalid workflow type: expected either a string or a function, got '${typeof workflowTypeOrFunc}'`,
    );
  }
  const { name } = workflowTypeOrFunc;
  if (!name) throw new TypeError('Invalid workflow type: the workflow function is anonymous');
  if (callSiteTypeInfo !== undefined) {
    throw new TypeError(
      `Workflow type information cannot be supplied at the call site together with the workflow function ${name}: attach ` +
        `it to the function with defineWorkflowOptions(${name}, { staticOptions: { typeInfo } }), or name the workflow ` +
        'by a string',
    );
  }
  const declared = isWorkflowFunctionWithStaticOptions(workflowTypeOrFunc)
    ? workflowTypeOrFunc.staticOptions.typeInfo
    : undefined;
  return { type: name, typeInfo: declared };
}

/** The type name of a workflow. Throws TypeError when there is none. */
export function extractWorkflowType<T extends Workflow>(workflowTypeOrFunc: string | T): string {
  return extractWorkflowTypeAndConfig(workflowTypeOrFunc).type;
}
