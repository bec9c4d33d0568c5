import { jsonText } from './json-text.ts';
import type { Run } from './run.ts';

/** Records a call for the host to carry out after the activation. */
export function callSink(
  run: Run,
  { interfaceName, functionName, args }: { interfaceName: string; functionName: string; args: readonly unknown[] },
): void {
  run.sinkCalls.push({
    interfaceName,
    functionName,
    argsJson: jsonText(args),
    timeMs: run.host.nowMs?.() ?? run.task.nowMs,
    ...(run.task.isReplaying ? { isReplaying: true as const } : {}),
  });
}
