import { valueToText } from '@reprise/common';
import type { Run } from './run.ts';
import { workflowInfoOf } from './workflow-info-of.ts';
import type { WorkflowInfo } from './workflow-info.ts';

const texts = new WeakMap<WorkflowInfo, string>();

/** `workflowInfo()` as it is now, as text: for code outside of the sandbox. */
export function infoTextOf(run: Run): string {
  const info = workflowInfoOf(run);
  let text = texts.get(info);
  if (text === undefined) texts.set(info, (text = valueToText(info)));
  return text;
}

/** Those of the SDK are told what they need to know in their arguments. */
const isOwnSink = (interfaceName: string): boolean => interfaceName.startsWith('__temporal_');

/** Records a call for the host to carry out after the activation. */
export function callSink(
  run: Run,
  { interfaceName, functionName, args }: { interfaceName: string; functionName: string; args: readonly unknown[] },
): void {
  run.sinkCalls.push({
    interfaceName,
    functionName,
    argsText: valueToText(args),
    timeMs: run.host.nowMs?.() ?? run.task.nowMs,
    ...(isOwnSink(interfaceName) ? {} : { infoText: infoTextOf(run) }),
    ...(run.task.isReplayingHistoryEvents ? { isReplaying: true as const } : {}),
  });
}
