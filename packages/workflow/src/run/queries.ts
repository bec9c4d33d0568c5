import { ensureTemporalFailure, isInternalName, refuseReservedForDefault } from '@reprise/common';
import type { QueryInput, WorkflowInboundCallsInterceptor } from '../api/interceptors.ts';
import type { JobOf } from '../jobs.ts';
import { ROOT_FRAME, runInFrame } from '../scope/async-scope.ts';
import { argsFromWall, ask, failureToWall, headersFromWall, toWall } from './asking.ts';
import { builtInQuery, rawStacks } from './built-in-queries.ts';
import { DeterminismViolationError } from './errors.ts';
import type { Run } from './run.ts';
import { composeInterceptors } from './compose-interceptors.ts';

function callHandler(run: Run, { queryName, args }: QueryInput): unknown {
  const { queries, defaultQuery } = run.handlers;
  const builtIn = builtInQuery(run, queryName);
  if (builtIn !== undefined) return builtIn();
  const own = queries.get(queryName);
  if (own !== undefined) return own.handler(...args);
  if (defaultQuery !== undefined) return defaultQuery.handler(queryName, ...args);
  const known = ['__stack_trace', '__enhanced_stack_trace', '__temporal_workflow_metadata', ...queries.keys()].join(
    ' ',
  );
  throw new ReferenceError(`Workflow did not register a handler for ${queryName}. Registered queries: [${known}]`);
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** Interceptors may be async, the handler may not. */
function answer(run: Run, input: QueryInput): Promise<unknown> {
  try {
    const result = callHandler(run, input);
    if (!isThenable(result)) return Promise.resolve(result);
    return Promise.reject(new DeterminismViolationError('Query handlers should not return a Promise'));
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : ensureTemporalFailure(error));
  }
}

/** Runs `fn` so that nothing it does becomes part of the run. */
function readOnly<R>(run: Run, purpose: string, fn: () => R): R {
  const seqs = { ...run.seqs };
  run.readOnly = true;
  run.throwAwayRandom = run.random.throwAway(purpose);
  try {
    return fn();
  } finally {
    run.readOnly = false;
    run.throwAwayRandom = undefined;
    run.seqs = seqs;
  }
}

/** Answers a query in this activation. */
export function answerQuery(run: Run, job: JobOf<'query'>): void {
  const { id, name } = job;
  const { handlers, interceptors } = run;
  if (!handlers.queries.has(name) && handlers.defaultQuery !== undefined && builtInQuery(run, name) === undefined) {
    refuseReservedForDefault('query', name);
  }
  const fail = (error: unknown): void =>
    ask(run, { kind: 'answerQuery', id, failure: failureToWall(run, ensureTemporalFailure(error)) });
  const typeInfo = handlers.queries.get(name)?.typeInfo;
  const succeed = (result: unknown): void => {
    try {
      const answered = toWall(run, result, typeInfo?.outputType);
      ask(run, { kind: 'answerQuery', id, result: answered, ...rawStacks(run, name) });
    } catch (error) {
      fail(error);
    }
  };
  const execute = composeInterceptors<WorkflowInboundCallsInterceptor, 'handleQuery'>(
    isInternalName(name) ? [] : interceptors.inbound,
    'handleQuery',
    (input) => answer(run, input),
  );
  const input = {
    queryName: name,
    args: argsFromWall(run, job.args, typeInfo),
    queryId: id,
    headers: headersFromWall(job.headers),
  };
  void readOnly(run, `query ${id}`, () => runInFrame(ROOT_FRAME, () => execute(input))).then(succeed, fail);
}
