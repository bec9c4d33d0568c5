import type { ReplayOutcome } from '@reprise/worker/replay';

import type { RecordedHistory } from '../corpus/recorded-history.ts';
import type { Finding } from './finding.ts';
import { leftoverCommands } from '../probe/leftover-commands.ts';
import type { Replay } from '../probe/probe.ts';
import { lastOutcome } from './last-outcome.ts';
import { recordedSide } from './sides.ts';
import type { SourceLookup } from './source-lookup.ts';

type Thrown = Extract<ReplayOutcome, { status: 'threw' }>;

export interface AboutThrown {
  readonly history: RecordedHistory;
  readonly source: SourceLookup;
  readonly replay: Replay;
}

/** Code that throws anything but a failure: the task fails, and is tried again for ever. */
export function diagnoseThrown(outcome: Thrown, about: AboutThrown): Finding {
  const { history, source } = about;
  const message = innermostMessage(outcome.failure);
  // Signals and updates may stand before the first task, so that the type is asked for late.
  if (message.startsWith(`Failed to initialize workflow of type '${history.workflowType}'`))
    return notExported(about, message);
  const event = history.events[outcome.lastEventId - 1];
  const cause = lastOutcome(history.events, outcome.lastEventId);
  const place = source.place(outcome.failure.stackTrace ?? undefined);
  const type = outcome.failure.applicationFailureInfo?.type ?? outcome.failure.source ?? '';
  return {
    code: 'R1010',
    severity: 'error',
    title: `workflow code threw${cause === undefined ? '' : ` after event ${cause.eventId} (${cause.eventType})`}`,
    ...(event === undefined ? {} : { recorded: recordedSide(event) }),
    ...(place === undefined ? {} : { place, placeLabel: 'thrown here' }),
    notes: [
      'in production the workflow task would fail and be tried again for ever: the execution is stuck, not failed',
      'this is not nondeterminism: an ApplicationFailure would fail the execution instead',
    ],
    help: ['handle the value that this history has, which code of today does not expect'],
    times: 1,
    message: type === '' || message.startsWith(type) ? message : `${type}: ${message}`,
  };
}

function notExported({ history, source, replay }: AboutThrown, message: string): Finding {
  const { workflowType } = history;
  const exported = source.exportedNames;
  const fitting = exported.find((name) => replaysAs(name, history, replay));
  return {
    code: 'R1011',
    severity: 'error',
    title: `no workflow named \`${workflowType}\` is exported`,
    notes: exported.length === 0 ? [] : [`exported: ${exported.join(', ')}`],
    help: [
      fitting === undefined
        ? `export it under the old name until its executions are closed: export { newName as ${exportName(workflowType)} } from ...`
        : `\`${fitting}\` replays this history: export it under the old name as well: export { ${fitting} as ${exportName(workflowType)} }`,
    ],
    times: 1,
    message,
  };
}

/** Names of types may be more than names of the language can. */
function exportName(workflowType: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(workflowType) ? workflowType : JSON.stringify(workflowType);
}

/** Whether the history replays when it is taken for one of another workflow type. */
function replaysAs(name: string, { events }: RecordedHistory, replay: Replay): boolean {
  const [first, ...rest] = events;
  const started = { ...first?.workflowExecutionStartedEventAttributes, workflowType: { name } };
  const renamed = [{ ...first, workflowExecutionStartedEventAttributes: started }, ...rest];
  const outcome = replay({ events: renamed, strict: true, places: false });
  return outcome.status === 'ok' && leftoverCommands(outcome, renamed).length === 0;
}

interface FailureLike {
  message?: string | null | undefined;
  cause?: FailureLike | null | undefined;
}

function innermostMessage(failure: FailureLike): string {
  return failure.message || (failure.cause ? innermostMessage(failure.cause) : 'no message');
}
