import {
  ApplicationFailure,
  fromWallFailure,
  ofArgument,
  refuseUnsendable,
  TemporalFailure,
  toWallFailure,
  toWallPayload,
  valueToWall,
  wallToValue,
  type FailureShape,
  type Headers,
  type TypeInfo,
  type PayloadConverter,
  type WallFailure,
  type WallPayload,
  fromWallPayload,
} from '@reprise/common';
import { ContinueAsNew } from '../api/continue-as-new-error.ts';
import { currentGroups } from '../api/event-group-scope.ts';
import { lastCaught } from '../scope/caught.ts';
import type { Intent, UserMetadata } from '../intents.ts';
import type { WallHeaders } from '../jobs.ts';
import { framesOf, type Place } from './place.ts';
import type { Converters } from './converters.ts';
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
  if (run.creation.places === 'eager') explain(intent, place);
  const groups = currentGroups();
  if (groups !== undefined && groups.length > 0 && GROUPED.has(intent.kind)) intent.eventGroups = [...groups];
  run.intents.push(intent);
  run.places.push(place);
}

/** What only reports need: where it was asked for, and which error the code had just caught. */
function explain(intent: Intent, place: Place | undefined): void {
  if (place !== undefined) intent.place = framesOf(place);
  const error = lastCaught();
  if (error === undefined || error instanceof ContinueAsNew) return;
  // What others failed with is told by history; what the code itself throws is not.
  if (error instanceof TemporalFailure && !(error instanceof ApplicationFailure)) return;
  try {
    intent.caught = { message: `${error.name}: ${error.message}`, stack: String(error.stack) };
  } catch {
    // An error that cannot be read is none to tell of.
  }
}

/** Records how the run ends. */
export function askToEnd(run: Run, intent: Intent, place?: Place): void {
  ask(run, intent, place);
  run.completed = true;
}

export function toWall(run: Run, value: unknown, typeInfo?: TypeInfo): WallPayload {
  return valueToWall(run.payloadConverter, value, typeInfo);
}

/** What may be declared of the types of arguments. */
type InputTypes = { readonly inputTypes?: readonly TypeInfo[] } | undefined;

export function argsToWall(converter: PayloadConverter, args: readonly unknown[], types?: InputTypes): WallPayload[] {
  return args.map((arg, at) => {
    try {
      const payload = valueToWall(converter, arg, types?.inputTypes?.[at]);
      refuseUnsendable(arg, payload.d === '');
      return payload;
    } catch (error) {
      throw ofArgument(error, at, args.length);
    }
  });
}

export function argsFromWall(run: Run, args: readonly WallPayload[], types?: InputTypes): unknown[] {
  return args.map((arg, at) => wallToValue(run.payloadConverter, arg, types?.inputTypes?.[at]));
}

export function mapToWall(converter: PayloadConverter, values: Record<string, unknown>): Record<string, WallPayload> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, valueToWall(converter, value)]));
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

/** Workflow code finds an empty type where an application failure has none. */
function withTypes(failure: FailureShape): FailureShape {
  const { applicationFailureInfo: info, cause } = failure;
  return {
    ...failure,
    ...(info && { applicationFailureInfo: { ...info, type: info.type ?? '' } }),
    ...(cause && { cause: withTypes(cause) }),
  };
}

/** `converters` are those of whoever failed; the run's own by default. */
export function errorFromWall(run: Run, failure: WallFailure, converters = ownConverters(run)): Error {
  return converters.failure.failureToError(withTypes(fromWallFailure(failure)), converters.payload);
}

const ownConverters = (run: Run): Converters => ({ payload: run.payloadConverter, failure: run.failureConverter });

/** The user metadata of a summary and details, or nothing when there are none. */
export function userMetadata(
  converter: PayloadConverter,
  summary?: string,
  details?: string,
): { userMetadata?: UserMetadata } {
  if (summary === undefined && details === undefined) return {};
  return {
    userMetadata: {
      ...(summary === undefined ? {} : { summary: valueToWall(converter, summary) }),
      ...(details === undefined ? {} : { details: valueToWall(converter, details) }),
    },
  };
}
