import type { HistoryEvent } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

import type { Edit } from '../probe/edit.ts';
import type { Case } from './case.ts';
import { likelyReturn } from './likely-return.ts';
import { stacksBefore } from './stacks-before.ts';
import { changedValues } from './compare-values.ts';
import { escaped } from './escaped.ts';
import { isClosingStep, nowStep, type Step } from './step.ts';

/**
 * The code closes the run where steps were recorded. If it still speaks of all of them, and returns something else than
 * was recorded, it left early; else the steps were taken out.
 */
export function isEarlyEnd({ kind, asked, key }: Edit, found: Case): boolean {
  const { explanation, source } = found;
  if (kind !== 'deleted' || asked === undefined || !isClosingStep(nowStep(asked))) return false;
  const end = explanation.result.matches.at(-1);
  const missing = explanation.edits.flatMap((edit) => (edit.kind === 'deleted' ? [edit.step] : []));
  const isSameEnd =
    end !== undefined && isTelling(end.event, missing.length) && changedValues(end.event, end.intent).length === 0;
  if (isSameEnd && isClosingStep(nowStep(end.intent)) && !leavesBefore(missing, asked, { found, key })) return false;
  return missing.every((step) => source.mentions(mentionOf(step)));
}

/** Whether the code returned before its first step, and has the missing ones after that place. */
function leavesBefore(missing: readonly Step[], asked: Intent, { found, key }: { found: Case; key: number }): boolean {
  const { source, workflowType } = found;
  const value = asked.kind === 'completeWorkflow' ? asked.result?.d : undefined;
  if (stacksBefore(found, key).length > 0) return false;
  const left = likelyReturn([], { source, workflowType, value });
  const around = left === undefined ? undefined : source.functionAt(left);
  if (left === undefined || around === undefined) return false;
  const lines = source.text(left.file)?.split('\n') ?? [];
  const rest = lines.slice(left.line, around.text.end.line).join('\n');
  return missing.every((step) => mentionOf(step).test(rest));
}

/**
 * An end that says something: two that say nothing are the same for no reason, and the next run of a loop is given the same
 * wherever the loop ends.
 */
function isTelling(end: HistoryEvent, missingCount: number): boolean {
  const result = end.workflowExecutionCompletedEventAttributes?.result?.payloads ?? [];
  const next = end.workflowExecutionContinuedAsNewEventAttributes?.input?.payloads ?? [];
  const message = end.workflowExecutionFailedEventAttributes?.failure?.message ?? '';
  if (end.workflowExecutionCanceledEventAttributes) return true;
  return result.length > 0 || (next.length > 0 && missingCount === 1) || message !== '';
}

function mentionOf({ kind, name }: Step): RegExp {
  if (kind === 'timer') return /\b(?:sleep|setTimeout|condition)\s*\(/;
  if (kind === 'memo') return /\bupsertMemo\b/;
  if (kind === 'searchAttributes') return /\bupsertSearchAttributes\b/;
  if (kind === 'child') return new RegExp(`\\b${escaped(name)}\\b|\\b(?:executeChild|startChild)\\b`);
  return new RegExp(`\\b${escaped(name.split('.').at(-1) ?? name)}\\b`);
}
