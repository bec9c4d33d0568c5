import {
  failureConverterInContext,
  failureConverterOf,
  isWorkflowFunctionWithStaticOptions,
  payloadConverterInContext,
  payloadConverterOf,
  type UntypedFunction,
} from '@reprise/common';
import type { WorkflowInterceptors } from '../api/interceptors.ts';
import type { LoadedModules } from './run-creation.ts';
import type { Run } from './run.ts';

function loadConverters(run: Run, modules: LoadedModules): void {
  const { namespace, workflowId } = run.creation;
  const context = { type: 'workflow' as const, namespace, workflowId };
  if (modules.payloadConverter !== undefined) {
    const converter = payloadConverterOf({ payloadConverter: modules.payloadConverter }, 'of the worker');
    run.payloadConverter = payloadConverterInContext(converter, context);
  }
  if (modules.failureConverter !== undefined) {
    const converter = failureConverterOf({ failureConverter: modules.failureConverter }, 'of the worker');
    run.failureConverter = failureConverterInContext(converter, context);
  }
}

function loadInterceptors(run: Run, modules: readonly unknown[]): void {
  for (const module of modules) {
    const factory: unknown = (module as { interceptors?: unknown }).interceptors;
    if (factory === undefined) continue;
    if (typeof factory !== 'function') {
      throw new TypeError(
        `Failed to initialize workflow interceptors: expected a function, but got: '${typeof factory}'`,
      );
    }
    const made = (factory as () => WorkflowInterceptors)();
    run.interceptors.inbound.push(...(made.inbound ?? []));
    run.interceptors.outbound.push(...(made.outbound ?? []));
    run.interceptors.internals.push(...(made.internals ?? []));
  }
}

function findWorkflow(type: string, workflows: Readonly<Record<string, unknown>>): UntypedFunction {
  const own = Object.hasOwn(workflows, type) ? workflows[type] : undefined;
  const found = own ?? workflows['default'];
  if (typeof found === 'function') return found as UntypedFunction;
  const details =
    found === undefined
      ? 'no such function is exported by the workflow bundle'
      : `expected a function, but got: '${typeof found}'`;
  throw new TypeError(`Failed to initialize workflow of type '${type}': ${details}`);
}

/** Gives a run its converters, interceptors and workflow function. */
export function loadModules(run: Run, modules: LoadedModules): void {
  loadConverters(run, modules);
  loadInterceptors(run, modules.interceptorModules);
  const workflow = findWorkflow(run.creation.workflowType, modules.workflows);
  run.workflow = workflow;
  if (isWorkflowFunctionWithStaticOptions(workflow)) run.typeInfo = workflow.staticOptions.typeInfo;
}
