/**
 * The filter language over workers: written like the one over executions, with names of its own, and decided here. A
 * condition that makes no sense matches no worker, and neither does what hangs on it.
 */
import { enumName, type temporal, WorkerStatus } from '@reprise/proto';
import { invalidArgument, ServiceError } from '../errors.ts';
import { maskedError } from '../masked-error.ts';
import type { Filter, FilterExpression, FilterValue } from '../visibility/filter-syntax.ts';
import { parseFilter } from '../visibility/parse-filter.ts';

type Heartbeat = temporal.api.worker.v1.WorkerHeartbeat;
type Comparison = Extract<FilterExpression, { kind: 'compare' }>;
type Between = Extract<FilterExpression, { kind: 'between' }>;

/** Undefined when the condition makes no sense. */
type Verdict = boolean | undefined;

const texts: Readonly<Record<string, (heartbeat: Heartbeat) => string | null | undefined>> = {
  WorkerInstanceKey: ({ workerInstanceKey }) => workerInstanceKey,
  WorkerIdentity: ({ workerIdentity }) => workerIdentity,
  HostName: ({ hostInfo }) => hostInfo?.hostName,
  TaskQueue: ({ taskQueue }) => taskQueue,
  DeploymentName: ({ deploymentVersion }) => deploymentVersion?.deploymentName,
  BuildId: ({ deploymentVersion }) => deploymentVersion?.buildId,
  SdkName: ({ sdkName }) => sdkName,
  SdkVersion: ({ sdkVersion }) => sdkVersion,
  WorkerStatus: ({ status }) => statusName(status ?? 0),
  status: ({ status }) => statusName(status ?? 0),
};

const times: Readonly<Record<string, (heartbeat: Heartbeat) => Heartbeat['startTime']>> = {
  StartTime: ({ startTime }) => startTime,
  HeartbeatTime: ({ heartbeatTime }) => heartbeatTime,
};

function statusName(status: number): string {
  const words = (enumName(WorkerStatus, status) ?? '').replace('WORKER_STATUS_', '').split('_');
  return words.map((word) => word.charAt(0) + word.slice(1).toLowerCase()).join('');
}

/** `Status` is a word of the language, which has no case. */
function columnOf(value: FilterValue): string {
  if (value.kind !== 'column') return '';
  return value.name.toLowerCase() === 'status' ? 'status' : value.name;
}

const readerOf = <Reader>(readers: Readonly<Record<string, Reader>>, name: string): Reader | undefined =>
  Object.hasOwn(readers, name) ? readers[name] : undefined;

function timeMs(time: Heartbeat['startTime']): number | undefined {
  return time ? (time.seconds ?? 0) * 1000 + (time.nanos ?? 0) / 1_000_000 : undefined;
}

const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Whole numbers are nanoseconds since the epoch. */
function wantedTimeMs(value: FilterValue): number | undefined {
  if (value.kind === 'integer') return Number(value.digits) / 1_000_000;
  return value.kind === 'text' && timePattern.test(value.value) ? Date.parse(value.value) : undefined;
}

function evaluate(expression: FilterExpression, heartbeat: Heartbeat): Verdict {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return joined(expression, heartbeat);
    case 'compare':
      return compares(expression, heartbeat);
    case 'between':
      return isBetween(expression, heartbeat);
    case 'isNull': {
      const isNull = isEmpty(columnOf(expression.left), heartbeat);
      return isNull === undefined ? undefined : isNull !== expression.negated;
    }
    case 'not':
    case 'unsupported':
    case 'value':
      return undefined;
  }
}

/** The first verdict that settles it counts: one that makes no sense does too. */
function joined({ kind, terms }: Extract<FilterExpression, { kind: 'and' | 'or' }>, heartbeat: Heartbeat): Verdict {
  const goesOn = kind === 'and';
  for (const term of terms) {
    const verdict = evaluate(term, heartbeat);
    if (verdict !== goesOn) return verdict;
  }
  return goesOn;
}

function compares({ left, operator, right }: Comparison, heartbeat: Heartbeat): Verdict {
  const name = columnOf(left);
  const text = readerOf(texts, name);
  if (text) return right.kind === 'text' ? comparesText(text(heartbeat) ?? '', operator, right.value) : undefined;
  const time = readerOf(times, name);
  const wanted = wantedTimeMs(right);
  if (!time || wanted === undefined) return undefined;
  return timeTests[operator]?.(timeMs(time(heartbeat)) ?? 0, wanted);
}

const timeTests: Readonly<Partial<Record<Comparison['operator'], (told: number, wanted: number) => boolean>>> = {
  '=': (told, wanted) => told === wanted,
  '!=': (told, wanted) => told !== wanted,
  '<': (told, wanted) => told < wanted,
  '<=': (told, wanted) => told <= wanted,
  '>': (told, wanted) => told > wanted,
  '>=': (told, wanted) => told >= wanted,
};

function comparesText(told: string, operator: Comparison['operator'], wanted: string): Verdict {
  if (wanted === '') return undefined;
  switch (operator) {
    case '=':
      return told === wanted;
    case '!=':
      return told !== wanted;
    case 'starts_with':
      return told.startsWith(wanted);
    case 'not starts_with':
      return !told.startsWith(wanted);
    default:
      return undefined;
  }
}

function isBetween({ left, from, to, negated }: Between, heartbeat: Heartbeat): Verdict {
  const told = timeMs(readerOf(times, columnOf(left))?.(heartbeat));
  const [least, most] = [wantedTimeMs(from), wantedTimeMs(to)];
  if (told === undefined || least === undefined || most === undefined) return undefined;
  return (told >= least && told <= most) !== negated;
}

function isEmpty(name: string, heartbeat: Heartbeat): Verdict {
  const text = readerOf(texts, name);
  if (text) return (text(heartbeat) ?? '') === '';
  const time = readerOf(times, name);
  return time && timeMs(time(heartbeat)) === undefined;
}

/** @throws ServiceError INVALID_ARGUMENT for what is no filter */
export function matchesWorker(query: string): (heartbeat: Heartbeat) => boolean {
  const text = query.trim();
  if (text === '') return () => true;
  if (/^(where|select) /i.test(text)) throw maskedError(`invalid filter: ${text}`);
  const { where, hasLimit } = parsed(text);
  if (hasLimit) throw invalidArgument("operation is not supported: 'limit' clause");
  return where ? (heartbeat) => evaluate(where, heartbeat) === true : () => true;
}

function parsed(text: string): Filter {
  try {
    return parseFilter(text);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw invalidArgument(error.message.replace('invalid query: malformed SQL query', 'malformed query'));
  }
}
