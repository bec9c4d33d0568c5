import {
  ApplicationFailure,
  ensureTemporalFailure,
  TemporalFailure,
  isInternalName,
  refuseReservedForDefault,
} from '@reprise/common';
import type { UpdateInput, WorkflowInboundCallsInterceptor } from '../api/interceptors.ts';
import { implicitGroup } from '../api/event-group-scope.ts';
import type { JobOf } from '../jobs.ts';
import { runWith } from '../scope/async-scope.ts';
import { argsFromWall, ask, failureToWall, headersFromWall, toWall } from './asking.ts';
import { endByError, failTask } from './outcome.ts';
import type { Handler, Run } from './run.ts';
import { composeInterceptors } from './compose-interceptors.ts';

function reject(run: Run, id: string, error: unknown): void {
  ask(run, { kind: 'rejectUpdate', id, failure: failureToWall(run, ensureTemporalFailure(error)) });
}

function handlerOf(run: Run, name: string): Handler | undefined {
  const { updates, defaultUpdate } = run.handlers;
  const own = updates.get(name);
  if (own !== undefined || defaultUpdate === undefined) return own;
  refuseReservedForDefault('update', name);
  return { ...defaultUpdate, handler: (...args: unknown[]) => defaultUpdate.handler(name, ...args) };
}

/** Runs a validator: its logs are seen, and its random numbers are not those of the run. */
function validate(
  run: Run,
  inbound: readonly object[],
  { handler, input }: { handler: Handler; input: UpdateInput },
): void {
  const { isReplayingHistoryEvents } = run.task;
  run.task = { ...run.task, isReplayingHistoryEvents: false };
  run.info = undefined;
  run.throwAwayRandom = run.random.throwAway(`validate ${input.updateId}`);
  try {
    const execute = composeInterceptors<WorkflowInboundCallsInterceptor, 'validateUpdate'>(
      inbound,
      'validateUpdate',
      ({ args }) => void handler.validator?.(...args),
    );
    execute(input);
  } finally {
    run.throwAwayRandom = undefined;
    run.task = { ...run.task, isReplayingHistoryEvents };
    run.info = undefined;
  }
}

/** Validates, accepts and starts an update; its sync part runs before anything else can. */
function handleUpdate(run: Run, job: JobOf<'update'>, handler: Handler): Promise<unknown> {
  const inbound = isInternalName(job.name) ? [] : run.interceptors.inbound;
  // Made anew for the handler, so that it does not see what the validator did to the arguments.
  const makeInput = (): UpdateInput => ({
    updateId: job.id,
    name: job.name,
    args: argsFromWall(run, job.args, handler.typeInfo),
    headers: headersFromWall(job.headers),
  });
  let input: UpdateInput;
  try {
    if (job.runValidator && handler.validator !== undefined) validate(run, inbound, { handler, input: makeInput() });
    input = makeInput();
  } catch (error) {
    reject(run, job.id, error);
    return Promise.resolve();
  }
  ask(run, { kind: 'acceptUpdate', id: job.id });
  const { updatesInProgress } = run.handlers;
  updatesInProgress.set(job.id, { name: job.name, id: job.id, unfinishedPolicy: handler.unfinishedPolicy });
  const execute = composeInterceptors<WorkflowInboundCallsInterceptor, 'handleUpdate'>(
    inbound,
    'handleUpdate',
    async ({ args }) => (await handler.handler(...args)) as unknown,
  );
  return execute(input)
    .then((result) =>
      ask(run, { kind: 'completeUpdate', id: job.id, result: toWall(run, result, handler.typeInfo?.outputType) }),
    )
    .catch((error: unknown) => failUpdate(run, job.id, error))
    .finally(() => updatesInProgress.delete(job.id));
}

function failUpdate(run: Run, id: string, error: unknown): void {
  if (!(error instanceof TemporalFailure)) {
    endByError(run, error);
    return;
  }
  ask(run, { kind: 'completeUpdate', id, failure: failureToWall(run, error) });
}

/** Handles an update up to its handler's first await, or keeps it until there is a handler. */
export function deliverUpdate(run: Run, job: JobOf<'update'>): void {
  const handler = handlerOf(run, job.name);
  if (handler === undefined) {
    run.handlers.bufferedUpdates.push(job);
    return;
  }
  const within = { update: { id: job.id, name: job.name }, group: implicitGroup({ updateId: job.id }) };
  runWith(within, () => handleUpdate(run, job, handler)).catch((error: unknown) => failTask(run, error));
}

/** Delivers what was kept and now has a handler, in the order of arrival. */
export function deliverBufferedUpdates(run: Run): void {
  const { handlers } = run;
  for (;;) {
    const index = handlers.bufferedUpdates.findIndex(
      (update) => handlers.defaultUpdate !== undefined || handlers.updates.has(update.name),
    );
    const [update] = index < 0 ? [] : handlers.bufferedUpdates.splice(index, 1);
    if (update === undefined) return;
    deliverUpdate(run, update);
  }
}

/** Rejects what still has no handler when the activation ends. */
export function rejectBufferedUpdates(run: Run): void {
  for (const { id, name } of run.handlers.bufferedUpdates.splice(0)) {
    reject(run, id, ApplicationFailure.nonRetryable(`No registered handler for update: ${name}`));
  }
}
