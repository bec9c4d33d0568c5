import { randomUUID } from 'node:crypto';
import type { Headers, Workflow } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { status } from '../call/status.ts';
import { isGrpcServiceError } from '../errors.ts';
import { decodeScheduleDescription } from './decode-schedule.ts';
import { checkScheduleParts } from './check-schedule-options.ts';
import { compileAction, encodeAttributes, encodeBackfills, encodeOverlap, encodeSchedule } from './encode-schedule.ts';
import { ScheduleOverlapPolicy } from './overlap-policy.ts';
import type {
  Backfill,
  ScheduleDescription,
  ScheduleOptionsStartWorkflowAction,
  ScheduleUpdateOptions,
} from './schedule-options.ts';
import { callingSchedules } from './schedule-scope.ts';
import type { ScheduleScope } from './schedule-scope.ts';

/** A client as its handles know it: a `ScheduleClient`. */
export interface ClientOfScheduleHandle {
  getHandle(scheduleId: string): ScheduleHandle;
}

/** The notes that the published SDK leaves, quotation mark and all: dashboards and tests look for them. */
const pauseNote = 'Paused via TypeScript SDK"';
const unpauseNote = 'Unpaused via TypeScript SDK"';

/** One schedule. */
export interface ScheduleHandle {
  readonly scheduleId: string;
  /** The client that made the handle. */
  readonly client: ClientOfScheduleHandle;
  /** What the server knows of the schedule. @throws ScheduleNotFoundError when there is none. */
  describe(): Promise<ScheduleDescription>;
  /**
   * Changes the schedule: `updateFn` is given what there is and returns what there is to be. It is called again when
   * someone else changed the schedule meanwhile.
   */
  update<W extends Workflow = Workflow>(
    updateFn: (previous: ScheduleDescription) => ScheduleUpdateOptions<ScheduleOptionsStartWorkflowAction<W>>,
  ): Promise<void>;
  /** Deletes the schedule. Workflows that it started go on. */
  delete(): Promise<void>;
  /** Acts now. `ALLOW_ALL` by default. */
  trigger(overlap?: ScheduleOverlapPolicy): Promise<void>;
  /** Acts for times in the past. */
  backfill(options: Backfill | Backfill[]): Promise<void>;
  pause(note?: string): Promise<void>;
  unpause(note?: string): Promise<void>;
}

type Patch = temporal.api.schedule.v1.SchedulePatch;

const maxUpdateAttempts = 10;

/** Makes the handle of a schedule. */
export function scheduleHandle(
  client: ClientOfScheduleHandle,
  scope: ScheduleScope,
  scheduleId: string,
): ScheduleHandle {
  const { namespace, identity, service } = scope;
  const call = <R>(action: string, request: () => Promise<R>): Promise<R> =>
    callingSchedules(scope, action, scheduleId, request);
  const describe = async (): Promise<ScheduleDescription> =>
    decodeScheduleDescription(
      scope,
      scheduleId,
      await call('Failed to describe schedule', () => service.describeSchedule({ namespace, scheduleId })),
    );
  const patch = async (action: string, content: Patch): Promise<void> => {
    const request = { namespace, identity, scheduleId, requestId: randomUUID(), patch: content };
    await call(action, () => service.patchSchedule(request));
  };
  return {
    client,
    scheduleId,
    describe,
    update: (updateFn) =>
      update(scope, scheduleId, async () => {
        const previous = await describe();
        return { previous, next: updateFn(previous) };
      }),
    async delete() {
      await call('Failed to delete schedule', () => service.deleteSchedule({ namespace, identity, scheduleId }));
    },
    trigger: (overlap = ScheduleOverlapPolicy.ALLOW_ALL) =>
      patch('Failed to trigger schedule', { triggerImmediately: { overlapPolicy: encodeOverlap(overlap) } }),
    backfill: (options) =>
      patch('Failed to backfill schedule', {
        backfillRequest: encodeBackfills(Array.isArray(options) ? options : [options]),
      }),
    pause: (note) => patch('Failed to pause schedule', { pause: note ?? pauseNote }),
    unpause: (note) => patch('Failed to unpause schedule', { unpause: note ?? unpauseNote }),
  };
}

async function update(
  scope: ScheduleScope,
  scheduleId: string,
  next: () => Promise<{ previous: ScheduleDescription; next: ScheduleUpdateOptions }>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const change = await next();
    try {
      return await requestUpdate(scope, scheduleId, change);
    } catch (error) {
      if (attempt === maxUpdateAttempts || !isConflict(error)) throw error;
    }
  }
}

async function requestUpdate(
  scope: ScheduleScope,
  scheduleId: string,
  { previous, next }: { previous: ScheduleDescription; next: ScheduleUpdateOptions },
): Promise<void> {
  const { namespace, identity } = scope;
  checkScheduleParts(next);
  const action = compileAction(scheduleId, next.action);
  const { workflowId } = action;
  const converter = scope.converter.within({ type: 'workflow', namespace, workflowId });
  // What interceptors put into the headers when the schedule was created stays.
  const headers: Headers = previous.raw.schedule?.action?.startWorkflow?.header?.fields ?? {};
  const request = {
    namespace,
    identity,
    scheduleId,
    requestId: randomUUID(),
    conflictToken: previous.raw.conflictToken,
    schedule: await encodeSchedule(converter, { ...next, action }, headers),
    searchAttributes: encodeAttributes(next),
  };
  await callingSchedules(scope, 'Failed to update schedule', scheduleId, () => scope.service.updateSchedule(request));
}

function isConflict(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return isGrpcServiceError(cause) && cause.code === status.FAILED_PRECONDITION;
}
