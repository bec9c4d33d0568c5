/** The main module of a workflow host process: runs the tasks that it is sent, and ends when its worker is gone. */
import { WorkflowBundle } from '../bundle/workflow-bundle.ts';
import { askPatchActivation } from './blocking-question.ts';
import { makeIsolate } from './make-isolate.ts';
import type { FromHost, HostSettings, ToHost } from './host-messages.ts';
import { TaskRunner, type Step } from './task-runner.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

/** How long nothing has been asked when a host rests. */
const REST_AFTER_MS = 1000;

let runner: TaskRunner | undefined;
let watchdog: Watchdog | undefined;

function send(message: FromHost): void {
  process.send?.(message);
}

function start(settings: HostSettings): void {
  const bundle = WorkflowBundle.parse(settings.bundleCode);
  const ask = settings.asksPatchActivation
    ? (patchId: string, info: string) => askPatchActivation({ patchId, info })
    : undefined;
  watchdog ??= startWatchdog(settings);
  for (const runId of runner?.dispose() ?? []) send({ kind: 'dropped', runId });
  runner = new TaskRunner({
    ...settings,
    createIsolate: () => makeIsolate(bundle, settings.isolate, ask),
    onCall: (runId) => watchdog?.onCall(runId),
  });
  send({ kind: 'ready' });
}

function tell(runId: string, step: Step | undefined): void {
  if (step === undefined) send({ kind: 'nothing', runId });
  else if (step.kind === 'waits') send({ kind: 'localOrders', runId, orders: step.orders });
  else send({ ...step, kind: 'answer', runId, cachedRuns: runner?.cachedRuns ?? 0 });
}

function handle(message: ToHost): void {
  switch (message.kind) {
    case 'start':
      return start(message.settings);
    case 'task':
      return tell(message.task.runId, runner?.start(message.task));
    case 'resolveLocal':
      return tell(message.runId, runner?.resolveLocal(message.runId, message.outcomes));
    case 'keepAlive':
      return tell(message.runId, runner?.keepAlive(message.runId));
    case 'evict':
      return runner?.evict(message.runId);
    case 'discardLastTask':
      return runner?.discardLastTask(message.runId);
  }
}

/** Begins anew with each message. */
const rest = setTimeout(() => runner?.rest(), REST_AFTER_MS).unref();

process.on('message', (messages) => {
  for (const message of messages as readonly ToHost[]) handle(message);
  rest.refresh();
});
process.on('disconnect', () => process.exit(0));
// The worker decides when to stop; signals to the process group are its affair.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR2'] as const) process.on(signal, () => undefined);
