import { SdkComponent, type Logger, type LogLevel, type LogMetadata } from '@reprise/common';
import { requireRun } from '../run/current-run.ts';
import type { Run } from '../run/run.ts';
import { callSink } from '../run/sink-calls.ts';
import type { WorkflowOutboundCallsInterceptor } from './interceptors.ts';
import { composeInterceptors } from '../run/compose-interceptors.ts';

/** What every log line of a run says. */
function runAttributes(run: Run): Record<string, unknown> {
  const { namespace, taskQueue, workflowId, runId, workflowType } = run.creation;
  return { namespace, taskQueue, workflowId, runId, workflowType };
}

const METHODS: Readonly<Record<LogLevel, string>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** Writes a log line of a run; silent while history is replayed. */
export function writeLog(
  run: Run,
  line: { level: LogLevel; message: string; meta?: LogMetadata | undefined; component?: SdkComponent },
): void {
  if (run.task.isReplayingHistoryEvents) return;
  const getLogAttributes = composeInterceptors<WorkflowOutboundCallsInterceptor, 'getLogAttributes'>(
    run.interceptors.outbound,
    'getLogAttributes',
    (attributes) => attributes,
  );
  const attributes = {
    sdkComponent: line.component ?? SdkComponent.workflow,
    ...getLogAttributes(runAttributes(run)),
    ...line.meta,
  };
  callSink(run, {
    interfaceName: '__temporal_logger',
    functionName: METHODS[line.level],
    args: [line.message, attributes],
  });
}

function write(level: LogLevel, message: string, meta?: LogMetadata): void {
  writeLog(requireRun('Workflow.log(...) may only be used from workflow context.'), { level, message, meta });
}

/**
 * The logger of workflow code. It is silent while history is replayed, so each line is written once.
 *
 * @example log.info('order charged', { orderId });
 */
export const log: Logger = Object.freeze({
  log: write,
  trace: (message: string, meta?: LogMetadata) => write('TRACE', message, meta),
  debug: (message: string, meta?: LogMetadata) => write('DEBUG', message, meta),
  info: (message: string, meta?: LogMetadata) => write('INFO', message, meta),
  warn: (message: string, meta?: LogMetadata) => write('WARN', message, meta),
  error: (message: string, meta?: LogMetadata) => write('ERROR', message, meta),
});
