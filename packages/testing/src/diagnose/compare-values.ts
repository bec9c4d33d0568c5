import { fromWallPayload, type Payload, type WallPayload } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { HistoryEvent } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

import type { Finding } from './finding.ts';
import { currentSide, recordedSide } from './sides.ts';
import type { SourceLookup } from './source-lookup.ts';
import { shortDuration, stepText } from './step-text.ts';
import { nowStep } from './step.ts';

type Payloads = temporal.api.common.v1.Payloads | null | undefined;
type Change = Pick<Finding, 'code' | 'title'> & { values?: { recorded: string; now: string } };

/**
 * Compares what the server does not check on replay: arguments, timer lengths, results and options. A change of these
 * is safe for running executions, but it is a change.
 */
export function compareValues(event: HistoryEvent, intent: Intent, source: SourceLookup): Finding[] {
  return changedValues(event, intent).map((change) => {
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

const NOTES: Partial<Record<Finding['code'], string>> = {
  R2001: 'replay is safe: executions past this event used the old arguments, all others will use the new ones',
  R2002: 'replay is safe: timers that run keep the old length',
  R2003: 'replay is safe: closed executions keep the old result',
  R2004: 'replay is safe: what was scheduled keeps the old options',
};

/** What changed, without where. */
export function changedValues(event: HistoryEvent, intent: Intent): Change[] {
  switch (intent.kind) {
    case 'startTimer':
      return timerLength(event, intent.delayMs);
    case 'scheduleActivity':
      return [
        ...argumentsChange(event.activityTaskScheduledEventAttributes?.input, intent),
        ...activityOptions(event, intent),
      ];
    case 'startChild':
      return argumentsChange(event.startChildWorkflowExecutionInitiatedEventAttributes?.input, intent);
    case 'signalExternal':
      return argumentsChange(event.signalExternalWorkflowExecutionInitiatedEventAttributes?.input, intent);
    case 'continueAsNew':
      return argumentsChange(event.workflowExecutionContinuedAsNewEventAttributes?.input, intent);
    case 'completeWorkflow': {
      const recorded = event.workflowExecutionCompletedEventAttributes?.result?.payloads ?? [];
      const now = intent.result === undefined ? [] : [intent.result];
      return payloadsChange(withoutNothing(recorded), now.map(fromWallPayload), {
        code: 'R2003',
        title: 'the workflow returns something else',
      });
    }
    default:
      return [];
  }
}

function argumentsChange(recorded: Payloads, intent: Extract<Intent, { args: WallPayload[] }>): Change[] {
  const title = `arguments of ${stepText(nowStep(intent))} changed`;
  return payloadsChange(recorded?.payloads ?? [], intent.args.map(fromWallPayload), { code: 'R2001', title });
}

function payloadsChange(recorded: readonly Payload[], now: readonly Payload[], change: Change): Change[] {
  const nowShort = withoutNothing(now);
  const wasShort = withoutNothing(recorded);
  const isSame =
    wasShort.length === nowShort.length && wasShort.every((payload, index) => samePayload(payload, nowShort[index]));
  if (isSame) return [];
  return [{ ...change, values: { recorded: valuesText(wasShort), now: valuesText(nowShort) } }];
}

/** Trailing `undefined` is the same as nothing. */
function withoutNothing(payloads: readonly Payload[]): readonly Payload[] {
  let length = payloads.length;
  while (length > 0 && encodingOf(payloads[length - 1]) === 'binary/null') length--;
  return payloads.slice(0, length);
}

function samePayload(a: Payload, b: Payload | undefined): boolean {
  if (b === undefined || encodingOf(a) !== encodingOf(b)) return false;
  const [left, right] = [a.data ?? new Uint8Array(0), b.data ?? new Uint8Array(0)];
  if (Buffer.compare(left, right) === 0) return true;
  if (!encodingOf(a).startsWith('json/')) return false;
  return canonical(left) === canonical(right);
}

const text = new TextDecoder();

function encodingOf(payload: Payload | undefined): string {
  const encoding = payload?.metadata?.['encoding'];
  return encoding === undefined ? '' : text.decode(encoding);
}

/** JSON with its keys in order, so that only values count. */
function canonical(data: Uint8Array): string {
  const sorted = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  try {
    return JSON.stringify(JSON.parse(text.decode(data)), sorted);
  } catch {
    return text.decode(data);
  }
}

function valuesText(payloads: readonly Payload[]): string {
  return payloads
    .map((payload) => {
      const encoding = encodingOf(payload);
      const size = payload.data?.length ?? 0;
      return encoding.startsWith('json/')
        ? text.decode(payload.data ?? new Uint8Array(0))
        : `<${encoding}, ${size} bytes>`;
    })
    .join(', ');
}

function timerLength(event: HistoryEvent, delayMs: number): Change[] {
  const { seconds, nanos } = event.timerStartedEventAttributes?.startToFireTimeout ?? {};
  const recordedMs = (seconds ?? 0) * 1000 + (nanos ?? 0) / 1e6;
  // A timer of no length is recorded as one of a millisecond.
  if (Math.abs(recordedMs - delayMs) < 1 || (delayMs <= 1 && recordedMs <= 1)) return [];
  const values = { recorded: shortDuration(recordedMs), now: shortDuration(delayMs) };
  return [{ code: 'R2002', title: `timer of ${values.recorded} is now ${values.now}` }];
}

function activityOptions(event: HistoryEvent, intent: Extract<Intent, { kind: 'scheduleActivity' }>): Change[] {
  const recorded = event.activityTaskScheduledEventAttributes;
  const ms = (span: temporal.api.history.v1.TimerStartedEventAttributes['startToFireTimeout']): number =>
    (span?.seconds ?? 0) * 1000 + (span?.nanos ?? 0) / 1e6;
  const pairs: [name: string, was: unknown, is: unknown][] = [
    ['heartbeatTimeout', ms(recorded?.heartbeatTimeout), intent.heartbeatTimeoutMs],
    ['maximumAttempts', recorded?.retryPolicy?.maximumAttempts ?? 0, intent.retryPolicy?.maximumAttempts],
    ['taskQueue', recorded?.taskQueue?.name, intent.taskQueue],
  ];
  const changed = pairs.filter(([, was, is]) => is !== undefined && is !== '' && was !== is);
  if (changed.length === 0) return [];
  const names = changed.map(([name, was, is]) => `${name} ${String(was)} -> ${String(is)}`).join(', ');
  return [{ code: 'R2004', title: `options of activity \`${intent.activityType}\` changed: ${names}` }];
}
