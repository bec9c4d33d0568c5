import type { IsolateLostError, ReplayOutcome } from '@reprise/worker/replay';

import type { RecordedHistory } from '../corpus/recorded-history.ts';
import type { Finding } from './finding.ts';
import { recordedSide } from './sides.ts';
import type { SourceLookup } from './source-lookup.ts';

type Thrown = Extract<ReplayOutcome, { status: 'threw' }>;

const UNKNOWN_TYPE = /no such function is exported|Failed to initialize workflow of type/i;

/** Code that throws anything but a failure: the task fails, and is tried again for ever. */
export function diagnoseThrown(outcome: Thrown, history: RecordedHistory, source: SourceLookup): Finding {
  const message = innermostMessage(outcome.failure);
  if (outcome.lastEventId <= 3 && UNKNOWN_TYPE.test(message)) return notExported(history, message);
  const event = history.events[outcome.lastEventId - 1];
  const cause = lastOutcomeBefore(history, outcome.lastEventId);
  const place = source.place(outcome.failure.stackTrace ?? undefined);
  const type = outcome.failure.applicationFailureInfo?.type ?? outcome.failure.source ?? '';
  return {
    code: 'R1010',
    severity: 'error',
    title: `workflow code threw${cause === undefined ? '' : ` after event ${cause.eventId} (${cause.eventType})`}`,
    ...(event === undefined ? {} : { recorded: recordedSide(event) }),
    ...(place === undefined ? {} : { place }),
    notes: [
      'in production the workflow task would fail and be tried again for ever: the execution is stuck, not failed',
      'this is not nondeterminism: an ApplicationFailure would fail the execution instead',
    ],
    help: ['handle the value that this history has, which code of today does not expect'],
    times: 1,
    message: type === '' || message.startsWith(type) ? message : `${type}: ${message}`,
  };
}

function notExported(history: RecordedHistory, message: string): Finding {
  const exported = /(?:exports|exported workflows?):?\s*(.+)$/i.exec(message)?.[1];
  return {
    code: 'R1011',
    severity: 'error',
    title: `no workflow named \`${history.workflowType}\` is exported`,
    notes: exported === undefined ? [] : [`exported: ${exported}`],
    help: [`export it under the old name until its executions are closed: export { newName as ${history.workflowType} } from ...`],
    times: 1,
    message,
  };
}

export function diagnoseEndless(error: IsolateLostError, history: RecordedHistory): Finding {
  return {
    code: 'R1010',
    severity: 'error',
    title: `workflow code ${error.reason === 'memory' ? 'used up its memory' : 'did not come to an end'} while \`${history.workflowType}\` was replayed`,
    notes: ['in production the workflow task would time out and be tried again for ever'],
    help: ['look for a loop that waits for nothing'],
    times: 1,
    message: error.message,
  };
}

interface FailureLike {
  message?: string | null | undefined;
  cause?: FailureLike | null | undefined;
}

function innermostMessage(failure: FailureLike): string {
  return failure.message || (failure.cause ? innermostMessage(failure.cause) : 'no message');
}

/** The last thing that the code was told before it threw. */
function lastOutcomeBefore({ events }: RecordedHistory, eventId: number): { eventId: number; eventType: string } | undefined {
  for (let index = eventId - 1; index > 0; index--) {
    const event = events[index];
    if (event === undefined) continue;
    const side = recordedSide(event);
    if (!side.eventType.startsWith('WorkflowTask')) return side;
  }
  return undefined;
}
