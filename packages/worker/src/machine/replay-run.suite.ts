/** Runs for tests: histories on one side, on the other code that asks for what a test says. */
import type { Activation, Intent } from '@reprise/workflow/runtime';
import type { HistoryEvent } from './event-type.ts';
import type { EventSpec } from './history-builder.suite.ts';
import { MismatchError } from './nondeterminism.ts';
import { Run } from './run.ts';

export const identity = { namespace: 'default', workflowId: 'wf', runId: 'run-1' };
export type Code = (activation: Activation) => readonly Intent[];

export function drive(run: Run, code: Code): Activation[] {
  const seen: Activation[] = [];
  for (let slice = run.nextSlice(); slice !== undefined; slice = run.nextSlice()) {
    seen.push(slice.activation);
    run.accept({ status: 'completed', intents: [...code(slice.activation)], usedFlags: [], sinkCalls: [] });
  }
  return seen;
}

export function replay(
  events: readonly HistoryEvent[],
  code: Code,
  options: { strict?: boolean; previous?: number } = {},
) {
  const run = new Run(identity, { strict: options.strict === true });
  run.begin({ events, previousStartedEventId: options.previous ?? 3 });
  return { run, activations: drive(run, code) };
}

export function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof MismatchError) return error.mismatch.message;
    throw error;
  }
  return 'no mismatch';
}

export const timer: Intent = { kind: 'startTimer', seq: 1, delayMs: 1000 };
export const activity: Intent = {
  kind: 'scheduleActivity',
  seq: 1,
  activityId: '1',
  activityType: 'charge',
  args: [],
  headers: {},
  cancellation: 'TRY_CANCEL',
};
export const complete: Intent = { kind: 'completeWorkflow' };
export const first =
  (...intents: Intent[]): Code =>
  ({ jobs }) =>
    jobs[0]?.kind === 'initialize' ? intents : [];

export const local = (seq: number): Intent => ({
  ...activity,
  kind: 'scheduleLocalActivity',
  seq,
  activityId: String(seq),
  attempt: 1,
});

export function marker(seq: number): EventSpec {
  const data = JSON.stringify({ seq, attempt: 1, activity_id: String(seq), activity_type: 'charge' });
  const payload = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(data) };
  return ['MarkerRecorded', { markerName: 'core_local_activity', details: { data: { payloads: [payload] } } }];
}

export const completedBy = (sdkName: string): EventSpec => ['WorkflowTaskCompleted', { sdkMetadata: { sdkName } }];
