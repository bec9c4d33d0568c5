/** The main module of a thread that runs activities. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { loadDataConverter, noopMetricMeter, type Logger, type LogLevel, type LogMetadata } from '@reprise/common';
import { ActivityRegistry } from './activity-registry.ts';
import { activityContext } from './activity-context.ts';
import type { ActivityTask } from './activity-task.ts';
import { ActivityExecution, type ActivityOutcome } from './execution.ts';
import type { FromThread, ThreadSettings, ToThread } from './thread-messages.ts';

const settings = workerData as ThreadSettings;
const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const { payloadConverterPath, failureConverterPath } = settings;
const dataConverter = loadDataConverter(
  {
    ...(payloadConverterPath === undefined ? {} : { payloadConverterPath }),
    ...(failureConverterPath === undefined ? {} : { failureConverterPath }),
  },
  require,
);
const registry = new ActivityRegistry((await import(pathToFileURL(settings.modulePath).href)) as object);
const running = new Map<number, ActivityExecution>();

function send(message: FromThread): void {
  parentPort?.postMessage(message);
}

function canBeSent(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

const log = (level: LogLevel, message: string, meta: LogMetadata = {}): void => {
  const sendable: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(meta)) sendable[key] = canBeSent(value) ? value : String(value);
  send({ kind: 'log', level, message, meta: sendable });
};
const logger: Logger = {
  log,
  trace: (message, meta) => log('TRACE', message, meta),
  debug: (message, meta) => log('DEBUG', message, meta),
  info: (message, meta) => log('INFO', message, meta),
  warn: (message, meta) => log('WARN', message, meta),
  error: (message, meta) => log('ERROR', message, meta),
};

async function run(id: number, task: ActivityTask): Promise<void> {
  const execution = new ActivityExecution(task, {
    registry,
    dataConverter,
    interceptors: [],
    logger,
    metricMeter: noopMetricMeter,
    client: undefined,
    heartbeat: (details) => {
      const payload =
        details === undefined ? undefined : dataConverter.payloadConverter.toPayload(details, activityContext(task));
      send({ kind: 'heartbeat', id, details: payload });
    },
  });
  running.set(id, execution);
  const outcome = await execution.run();
  running.delete(id);
  send({ kind: 'outcome', id, outcome: sendableOutcome(outcome) });
}

/** An error of the user may hold what cannot cross; what it says is in the failure already. */
function sendableOutcome(outcome: ActivityOutcome): ActivityOutcome {
  return outcome.status === 'failed' ? { ...outcome, error: new Error(outcome.error.message) } : outcome;
}

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'run') void run(message.id, message.task);
  else running.get(message.id)?.cancel(message.reason, message.details);
});
send({ kind: 'ready', names: registry.names });
