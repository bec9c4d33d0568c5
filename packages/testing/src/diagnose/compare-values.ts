import type { WallFailure, WallPayload } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { HistoryEvent } from '@reprise/worker/replay';
import type { Intent, IntentOf } from '@reprise/workflow/runtime';

import {
  changedActivityOptions,
  changedChildOptions,
  changedNextRunOptions,
  changedOperationOptions,
  type RunDefaults,
} from './changed-options.ts';
import { differingFields, withoutLists } from './differing-fields.ts';
import type { Finding } from './finding.ts';
import { differingValues } from './payload-values.ts';
import { currentSide, recordedSide } from './sides.ts';
import type { SourceLookup } from './source-lookup.ts';
import { shortDuration, stepText } from './step-text.ts';
import { nowStep } from './step.ts';

type Payloads = temporal.api.common.v1.Payloads | null | undefined;
type Change = Pick<Finding, 'code' | 'title' | 'values' | 'shapes' | 'aspect'>;

/**
 * Compares what the server does not check on replay: arguments, timer lengths, results and options. A change of these
 * is safe for running executions, but it is a change.
 */
export function compareValues(
  event: HistoryEvent,
  intent: Intent,
  { source, defaults }: { source: SourceLookup; defaults: RunDefaults | undefined },
): Finding[] {
  return changedValues(event, intent, defaults).map((change) => {
    const now = currentSide(intent, source);
    return {
      ...change,
      severity: 'warning',
      recorded: recordedSide(event),
      now,
      ...(now.place === undefined ? {} : { place: now.place }),
      notes: [NOTES[change.code] ?? ''],
      help: [],
      times: 1,
    };
  });
}

const NONE: readonly Change[] = [];

function both(one: readonly Change[], other: readonly Change[]): readonly Change[] {
  return one.length === 0 ? other : [...one, ...other];
}

const NOTES: Partial<Record<Finding['code'], string>> = {
  R2001: 'replay is safe: executions past this event used the old arguments, all others will use the new ones',
  R2002: 'replay is safe: timers that run keep the old length',
  R2003: 'replay is safe: closed executions keep the old result',
  R2004: 'replay is safe: what was scheduled keeps the old options',
};

/** What changed, without where. `defaults` are known where options are to be compared to the last. */
export function changedValues(event: HistoryEvent, intent: Intent, defaults?: RunDefaults): readonly Change[] {
  const changes = changesOf(event, intent, defaults);
  if (!event.userMetadata && intent.userMetadata === undefined) return changes;
  const { summary, details } = event.userMetadata ?? {};
  const recorded = { ...(summary ? { summary } : {}), ...(details ? { details } : {}) };
  const texts = differingFields(recorded, { ...intent.userMetadata });
  if (texts === undefined) return changes;
  const { names, ...shown } = texts;
  return both(changes, [{ ...optionsChanged(intent, names.join(', ')), ...shown }]);
}

function changesOf(event: HistoryEvent, intent: Intent, defaults: RunDefaults | undefined): readonly Change[] {
  switch (intent.kind) {
    case 'startTimer':
      return timerLength(event, intent.delayMs);
    case 'scheduleActivity':
      return both(
        argumentsChange(event.activityTaskScheduledEventAttributes?.input, intent),
        optionsChange(intent, changedActivityOptions(event, intent, defaults)),
      );
    case 'startChild':
      return both(
        argumentsChange(event.startChildWorkflowExecutionInitiatedEventAttributes?.input, intent),
        optionsChange(intent, changedChildOptions(event, intent, defaults)),
      );
    case 'scheduleNexusOperation': {
      const { input } = event.nexusOperationScheduledEventAttributes ?? {};
      return both(
        argumentsChange({ payloads: input ? [input] : [] }, { ...intent, args: intent.input ? [intent.input] : [] }),
        optionsChange(intent, changedOperationOptions(event, intent, defaults)),
      );
    }
    case 'signalExternal':
      return argumentsChange(event.signalExternalWorkflowExecutionInitiatedEventAttributes?.input, intent);
    case 'continueAsNew':
      return both(
        argumentsChange(event.workflowExecutionContinuedAsNewEventAttributes?.input, intent),
        optionsChange(intent, changedNextRunOptions(event, intent, defaults)),
      );
    case 'upsertSearchAttributes': {
      const { searchAttributes } = event.upsertWorkflowSearchAttributesEventAttributes ?? {};
      return fieldsChange(searchAttributes?.indexedFields, intent.searchAttributes, 'search attributes');
    }
    case 'modifyProperties': {
      const { upsertedMemo } = event.workflowPropertiesModifiedEventAttributes ?? {};
      return fieldsChange(upsertedMemo?.fields, intent.memo, 'the memo');
    }
    default:
      return endChange(event, intent);
  }
}

/** Of the run, or of an update. */
function endChange(event: HistoryEvent, intent: Intent): readonly Change[] {
  switch (intent.kind) {
    case 'completeUpdate':
      return updateResult(event, intent);
    case 'completeWorkflow': {
      const recorded = event.workflowExecutionCompletedEventAttributes?.result;
      return resultChange(recorded, intent.result, 'the workflow returns something else');
    }
    case 'failWorkflow': {
      const recorded = event.workflowExecutionFailedEventAttributes?.failure;
      return failureChange(recorded, intent.failure, 'the workflow fails with something else');
    }
    default:
      return NONE;
  }
}

type Fields = Readonly<Record<string, temporal.api.common.v1.Payload | null | undefined>> | null | undefined;

/** Keys of memos and search attributes are names; their values are shown like those of arguments. */
function fieldsChange(recorded: Fields, now: Readonly<Record<string, WallPayload>>, what: string): readonly Change[] {
  const texts = differingFields(recorded ?? {}, now, what === 'the memo' ? undefined : withoutLists);
  if (texts === undefined) return NONE;
  const { names, ...shown } = texts;
  return [{ code: 'R2001', title: `values of ${what} changed: ${names.join(', ')}`, ...shown }];
}

/** Whether a step is asked for with other arguments than were recorded; those of local activities are not recorded. */
export function hasOtherArguments(event: HistoryEvent, intent: Intent): boolean {
  return changedValues(event, intent).some(({ code }) => code === 'R2001');
}

function argumentsChange(recorded: Payloads, intent: Intent & { args: WallPayload[] }): readonly Change[] {
  const texts = differingValues(recorded?.payloads ?? [], intent.args);
  if (texts === undefined) return NONE;
  return [{ code: 'R2001', title: `arguments of ${stepText(nowStep(intent))} changed`, ...texts }];
}

function resultChange(recorded: Payloads, now: WallPayload | undefined, title: string): readonly Change[] {
  const texts = differingValues(recorded?.payloads ?? [], now === undefined ? [] : [now]);
  return texts === undefined ? NONE : [{ code: 'R2003', title, ...texts }];
}

function updateResult(event: HistoryEvent, { result, failure }: IntentOf<'completeUpdate'>): readonly Change[] {
  const outcome = event.workflowExecutionUpdateCompletedEventAttributes?.outcome;
  if (outcome?.failure || failure !== undefined)
    return failureChange(outcome?.failure, failure, 'an update ends in another way');
  return resultChange(outcome?.success, result, 'an update returns something else');
}

interface FailureLike {
  message?: string | null | undefined;
  cause?: FailureLike | null | undefined;
  applicationFailureInfo?:
    | { type?: string | null | undefined; nonRetryable?: boolean | null | undefined }
    | null
    | undefined;
}

function failureChange(
  recorded: FailureLike | null | undefined,
  now: WallFailure | undefined,
  title: string,
): readonly Change[] {
  const [was, is] = [failureText(recorded), failureText(now)];
  if (was === is) return NONE;
  const shapes = { recorded: failureShape(recorded), now: failureShape(now) };
  return [{ code: 'R2003', title, values: { recorded: was, now: is }, shapes }];
}

function failureText(failure: FailureLike | null | undefined): string {
  if (!failure) return 'no failure';
  const type = failure.applicationFailureInfo?.type;
  const own = `${type ? `${type}: ` : ''}${failure.message ?? ''}${retryText(failure)}`;
  return failure.cause ? `${own} <- ${failureText(failure.cause)}` : own;
}

function retryText({ applicationFailureInfo }: FailureLike): string {
  return applicationFailureInfo?.nonRetryable === true ? ' (non-retryable)' : '';
}

/** Messages may hold values; types are names. */
function failureShape(failure: FailureLike | null | undefined): string {
  if (!failure) return 'no failure';
  const own = `${failure.applicationFailureInfo?.type || 'a failure'}${retryText(failure)}`;
  return failure.cause ? `${own} <- ${failureShape(failure.cause)}` : own;
}

function timerLength(event: HistoryEvent, delayMs: number): readonly Change[] {
  const { seconds, nanos } = event.timerStartedEventAttributes?.startToFireTimeout ?? {};
  const recordedMs = (seconds ?? 0) * 1000 + (nanos ?? 0) / 1e6;
  // A timer of no length is recorded as one of a millisecond.
  if (Math.abs(recordedMs - delayMs) < 1 || (delayMs <= 1 && recordedMs <= 1)) return NONE;
  const lengths = { recorded: shortDuration(recordedMs), now: shortDuration(delayMs) };
  const aspect = `${lengths.recorded} -> ${lengths.now}`;
  return [{ code: 'R2002', title: `timer of ${lengths.recorded} is now ${lengths.now}`, aspect }];
}

function optionsChange(intent: Intent, changed: readonly string[]): readonly Change[] {
  return changed.length === 0 ? NONE : [optionsChanged(intent, changed.join(', '))];
}

function optionsChanged(intent: Intent, aspect: string): Change {
  return { code: 'R2004', title: `options of ${stepText(nowStep(intent))} changed: ${aspect}`, aspect };
}
