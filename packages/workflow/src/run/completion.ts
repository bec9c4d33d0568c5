import { HandlerUnfinishedPolicy } from '@reprise/common';
import type { WorkflowInternalsInterceptor } from '../api/interceptors.ts';
import { writeLog } from '../api/log.ts';
import type { Completion, SinkCall } from '../intents.ts';
import { failureToWall } from './asking.ts';
import type { HandlerInProgress, Run } from './run.ts';
import { rejectBufferedUpdates } from './updates.ts';
import { composeInterceptors } from './compose-interceptors.ts';

function warnable(handlers: Iterable<HandlerInProgress>): HandlerInProgress[] {
  return [...handlers].filter(({ unfinishedPolicy }) => unfinishedPolicy === HandlerUnfinishedPolicy.WARN_AND_ABANDON);
}

const HOW_TO_WAIT =
  'Wait for all handlers with `await condition(allHandlersFinished)` before the workflow ends, or set the handler with ' +
  '`{ unfinishedPolicy: HandlerUnfinishedPolicy.ABANDON }` if it may be cut short.';

function warnOfUnfinishedHandlers(run: Run): void {
  const updates = warnable(run.handlers.updatesInProgress.values()).map(({ name, id }) => ({ name, id }));
  if (updates.length > 0) {
    const message =
      '[TMPRL1102] Workflow finished while an update handler was still running. Its client gets an error instead of a ' +
      `result. ${HOW_TO_WAIT} The following updates were unfinished (and warnings were not disabled for their handler): `;
    writeLog(run, { level: 'WARN', message: message + JSON.stringify(updates) });
  }
  const signals = new Map<string, number>();
  for (const { name } of warnable(run.handlers.signalsInProgress.values()))
    signals.set(name, (signals.get(name) ?? 0) + 1);
  if (signals.size > 0) {
    const message =
      '[TMPRL1102] Workflow finished while a signal handler was still running. Its work may be cut short. ' +
      `${HOW_TO_WAIT} The following signals were unfinished (and warnings were not disabled for their handler): `;
    const counts = [...signals].map(([name, count]) => ({ name, count }));
    writeLog(run, { level: 'WARN', message: message + JSON.stringify(counts) });
  }
}

/** The calls since this was asked last. */
export function takeSinkCalls(run: Run): SinkCall[] {
  const { sinkCalls } = run;
  if (sinkCalls.length > 0) run.sinkCalls = [];
  return sinkCalls;
}

/** The completion of a task that failed. */
export function failedCompletion(run: Run, error: unknown): Completion {
  run.intents = [];
  return {
    status: 'failed',
    // What is no error is described by the converter, which says so.
    failure: failureToWall(run, error),
    sinkCalls: takeSinkCalls(run),
  };
}

/** What the activation came to. Throws when the task fails. */
export function conclude(run: Run): Completion {
  rejectBufferedUpdates(run);
  const execute = composeInterceptors<WorkflowInternalsInterceptor, 'concludeActivation'>(
    run.interceptors.internals,
    'concludeActivation',
    (input) => input,
  );
  const { commands: intents } = execute({ commands: run.intents });
  run.intents = [];
  if (run.taskError !== undefined) throw run.taskError.error;
  if (run.completed) warnOfUnfinishedHandlers(run);
  return {
    status: 'completed',
    intents,
    usedFlags: run.flags.known,
    ...(run.versioningBehavior === undefined ? {} : { versioningBehavior: run.versioningBehavior }),
    sinkCalls: takeSinkCalls(run),
  };
}
