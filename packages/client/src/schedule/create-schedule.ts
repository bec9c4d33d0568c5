import { randomUUID } from 'node:crypto';
import { composeInterceptors } from '@reprise/common';
import { checkScheduleOptions } from './check-schedule-options.ts';
import { compileAction, encodeAttributes, encodeInitialPatch, encodeSchedule } from './encode-schedule.ts';
import type { CreateScheduleInput, CreateScheduleOutput, ScheduleOptions } from './schedule-options.ts';
import { callingSchedules } from './schedule-scope.ts';
import type { ScheduleScope } from './schedule-scope.ts';

/** Creates a schedule, through the interceptors. */
export function createSchedule(scope: ScheduleScope, options: ScheduleOptions): Promise<CreateScheduleOutput> {
  const create = composeInterceptors(scope.interceptors, 'create', (last: CreateScheduleInput) =>
    requestCreate(scope, last),
  );
  checkScheduleOptions(options);
  const action = compileAction(options.scheduleId, options.action);
  return create({ headers: {}, options: { ...options, action } });
}

async function requestCreate(
  scope: ScheduleScope,
  { options, headers }: CreateScheduleInput,
): Promise<CreateScheduleOutput> {
  const { scheduleId, action } = options;
  const converter = scope.converter.within({
    type: 'workflow',
    namespace: scope.namespace,
    workflowId: action.workflowId,
  });
  const request = {
    namespace: scope.namespace,
    identity: scope.identity,
    requestId: randomUUID(),
    scheduleId,
    schedule: await encodeSchedule(converter, options, headers),
    initialPatch: encodeInitialPatch(options),
    memo: options.memo && { fields: await scope.converter.encodeMap(options.memo) },
    searchAttributes: encodeAttributes(options),
  };
  const response = await callingSchedules(scope, 'Failed to create schedule', scheduleId, () =>
    scope.service.createSchedule(request),
  );
  return { conflictToken: response.conflictToken ?? new Uint8Array() };
}
