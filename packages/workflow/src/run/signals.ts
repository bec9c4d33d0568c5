import { HandlerUnfinishedPolicy, IllegalStateError, isInternalName, refuseReservedForDefault } from '@reprise/common';
import type { SignalInput, WorkflowInboundCallsInterceptor } from '../api/interceptors.ts';
import { implicitGroup } from '../api/event-group-scope.ts';
import type { JobOf } from '../jobs.ts';
import { runWith } from '../scope/async-scope.ts';
import { argsFromWall, headersFromWall } from './asking.ts';
import { endByError } from './outcome.ts';
import type { Run } from './run.ts';
import { composeInterceptors } from './compose-interceptors.ts';

// An async function: handlers finish as many microtasks later as histories are used to.
async function callHandler(run: Run, { signalName, args }: SignalInput): Promise<void> {
  const { signals, defaultSignal } = run.handlers;
  const own = signals.get(signalName);
  if (own !== undefined) {
    await own.handler(...args);
    return;
  }
  if (defaultSignal === undefined)
    throw new IllegalStateError(`No registered signal handler for signal: ${signalName}`);
  await defaultSignal.handler(signalName, ...args);
}

/** Runs the handler of a signal up to its first await, or keeps the signal until there is a handler. */
export function deliverSignal(run: Run, job: JobOf<'signal'>): void {
  const { handlers } = run;
  const own = handlers.signals.get(job.name);
  if (own === undefined && handlers.defaultSignal !== undefined) refuseReservedForDefault('signal', job.name);
  if (own === undefined && handlers.defaultSignal === undefined) {
    handlers.bufferedSignals.push(job);
    return;
  }
  const number = handlers.nextSignal++;
  const unfinishedPolicy = own?.unfinishedPolicy ?? HandlerUnfinishedPolicy.WARN_AND_ABANDON;
  handlers.signalsInProgress.set(number, { name: job.name, unfinishedPolicy });
  const execute = composeInterceptors<WorkflowInboundCallsInterceptor, 'handleSignal'>(
    isInternalName(job.name) ? [] : run.interceptors.inbound,
    'handleSignal',
    (input) => callHandler(run, input),
  );
  const args = argsFromWall(run, job.args, own?.typeInfo);
  const input = { args, signalName: job.name, headers: headersFromWall(job.headers) };
  const group = job.eventId === undefined ? undefined : implicitGroup({ eventId: job.eventId });
  // A signal that was kept runs in the scope that set its handler, as recorded runs have it.
  void runWith({ group }, () => execute(input))
    .catch((error: unknown) => endByError(run, error))
    .finally(() => handlers.signalsInProgress.delete(number));
}

/** Delivers what was kept and now has a handler, in the order of arrival. */
export function deliverBufferedSignals(run: Run): void {
  const { handlers } = run;
  for (;;) {
    const index = handlers.bufferedSignals.findIndex(
      (signal) => handlers.defaultSignal !== undefined || handlers.signals.has(signal.name),
    );
    const [signal] = index < 0 ? [] : handlers.bufferedSignals.splice(index, 1);
    if (signal === undefined) return;
    deliverSignal(run, signal);
  }
}
