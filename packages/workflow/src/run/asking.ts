import {
  defaultPayloadConverter,
  fromWallFailure,
  toWallFailure,
  toWallPayload,
  valueToWall,
  wallToValue,
  withContext,
  type ActivitySerializationContext,
  type Headers,
  type PayloadConverter,
  type WallFailure,
  type WallPayload,
  fromWallPayload,
} from '@reprise/common';
import { currentGroups } from '../api/event-group-scope.ts';
import type { Intent, UserMetadata } from '../intents.ts';
import type { WallHeaders } from '../jobs.ts';
import { framesOf, type Place } from './place.ts';
import type { Run } from './run.ts';

/** What event groups are noted on. */
const GROUPED: ReadonlySet<Intent['kind']> = new Set([
  'startTimer',
  'scheduleActivity',
  'scheduleLocalActivity',
  'startChild',
  'signalExternal',
  'cancelExternal',
  'scheduleNexusOperation',
  'upsertSearchAttributes',
  'modifyProperties',
]);

/** Records what workflow code asks for. */
export function ask(run: Run, intent: Intent, place?: Place): void {
  if (run.readOnly && intent.kind !== 'answerQuery') return;
  if (place !== undefined && run.creation.eagerPlaces === true) intent.place = framesOf(place);
  const groups = currentGroups();
  if (groups !== undefined && groups.length > 0 && GROUPED.has(intent.kind)) intent.eventGroups = [...groups];
  run.intents.push(intent);
  run.places.push(place);
}

/** Records how the run ends. */
export function askToEnd(run: Run, intent: Intent): void {
  ask(run, intent);
  run.completed = true;
}

export function toWall(run: Run, value: unknown): WallPayload {
  return valueToWall(run.payloadConverter, value);
}

export function argsToWall(converter: PayloadConverter, args: readonly unknown[]): WallPayload[] {
  return args.map((arg) => valueToWall(converter, arg));
}

export function argsFromWall(run: Run, args: readonly WallPayload[]): unknown[] {
  return args.map((arg) => wallToValue(run.payloadConverter, arg));
}

export function mapToWall(run: Run, values: Record<string, unknown>): Record<string, WallPayload> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, toWall(run, value)]));
}

export function headersToWall(headers: Headers): WallHeaders {
  const wall: WallHeaders = {};
  for (const key of Object.keys(headers)) {
    const payload = headers[key];
    if (payload !== undefined) wall[key] = toWallPayload(payload);
  }
  return wall;
}

export function headersFromWall(wall: WallHeaders): Headers {
  const headers: Headers = {};
  for (const key of Object.keys(wall)) {
    const payload = wall[key];
    if (payload !== undefined) headers[key] = fromWallPayload(payload);
  }
  return headers;
}

export function failureToWall(run: Run, error: unknown): WallFailure {
  return toWallFailure(run.failureConverter.errorToFailure(error, run.payloadConverter));
}

export function errorFromWall(run: Run, failure: WallFailure): Error {
  return run.failureConverter.failureToError(fromWallFailure(failure), run.payloadConverter);
}

/** The converter for the payloads of one activity. */
export function activityConverter(run: Run, activityId: string | undefined, isLocal: boolean): PayloadConverter {
  const converter = run.payloadConverter;
  if (converter === defaultPayloadConverter || converter.withContext === undefined) return converter;
  const context: ActivitySerializationContext = {
    type: 'activity',
    namespace: run.creation.namespace,
    workflowId: run.creation.workflowId,
    isLocal,
    ...(activityId === undefined ? {} : { activityId }),
  };
  return withContext(converter, context);
}

/** The user metadata of a summary and details, or nothing when there are none. */
export function userMetadata(run: Run, summary?: string, details?: string): { userMetadata?: UserMetadata } {
  if (summary === undefined && details === undefined) return {};
  return {
    userMetadata: {
      ...(summary === undefined ? {} : { summary: toWall(run, summary) }),
      ...(details === undefined ? {} : { details: toWall(run, details) }),
    },
  };
}
