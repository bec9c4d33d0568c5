import { decodeError } from '../call/decode-error.ts';
import { status } from '../call/status.ts';
import type { RawWorkflowService } from '../connection.ts';
import type { Converter } from '../convert/converter.ts';
import { ScheduleAlreadyRunning, ScheduleNotFoundError, isGrpcServiceError } from '../errors.ts';
import type { ScheduleClientInterceptor } from './schedule-options.ts';

/** What every operation on schedules works with. */
export interface ScheduleScope {
  readonly service: RawWorkflowService;
  readonly converter: Converter;
  readonly namespace: string;
  readonly identity: string;
  readonly interceptors: readonly ScheduleClientInterceptor[];
}

/** How the server begins to say what is wrong with a specification that a user gave. */
const INVALID_SPEC = 'Invalid schedule spec: ';

/** Makes a call about a schedule; its gRPC error becomes the public class for it. */
export async function callingSchedules<R>(
  { namespace }: ScheduleScope,
  action: string,
  scheduleId: string | undefined,
  call: () => Promise<R>,
): Promise<R> {
  try {
    return await call();
  } catch (error) {
    const decoded = decodeError(error, { action, namespace });
    if (scheduleId === undefined || !isGrpcServiceError(error) || !isServiceErrorOf(decoded, error)) throw decoded;
    if (error.code === status.ALREADY_EXISTS)
      throw new ScheduleAlreadyRunning('Schedule already exists and is running', scheduleId);
    if (error.code === status.NOT_FOUND)
      throw new ScheduleNotFoundError(error.details || 'Schedule not found', scheduleId);
    if (error.code === status.INVALID_ARGUMENT && error.details.startsWith(INVALID_SPEC))
      throw new TypeError(error.details.slice(INVALID_SPEC.length), { cause: error });
    throw decoded;
  }
}

function isServiceErrorOf(decoded: unknown, error: unknown): boolean {
  return decoded instanceof Error && decoded.cause === error;
}
