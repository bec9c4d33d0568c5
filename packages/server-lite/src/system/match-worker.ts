/** The filter language over workers: the same as over executions, with other names, and decided here. */
import { enumName, type temporal, WorkerStatus } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import type { FilterExpression, FilterOperator, FilterValue } from '../visibility/filter-syntax.ts';
import { parseFilter } from '../visibility/parse-filter.ts';

type Heartbeat = temporal.api.worker.v1.WorkerHeartbeat;

const timeOf = (time: { seconds?: number | null | undefined } | null | undefined): number =>
  (time?.seconds ?? 0) * 1000;

const fields: Readonly<Record<string, (heartbeat: Heartbeat) => string | number>> = {
  WorkerInstanceKey: (heartbeat) => heartbeat.workerInstanceKey ?? '',
  WorkerIdentity: (heartbeat) => heartbeat.workerIdentity ?? '',
  HostName: (heartbeat) => heartbeat.hostInfo?.hostName ?? '',
  TaskQueue: (heartbeat) => heartbeat.taskQueue ?? '',
  DeploymentName: (heartbeat) => heartbeat.deploymentVersion?.deploymentName ?? '',
  BuildId: (heartbeat) => heartbeat.deploymentVersion?.buildId ?? '',
  SdkName: (heartbeat) => heartbeat.sdkName ?? '',
  SdkVersion: (heartbeat) => heartbeat.sdkVersion ?? '',
  StartTime: (heartbeat) => timeOf(heartbeat.startTime),
  HeartbeatTime: (heartbeat) => timeOf(heartbeat.heartbeatTime),
  LastHeartbeatTime: (heartbeat) => timeOf(heartbeat.heartbeatTime),
  Status: (heartbeat) => shortStatus(heartbeat.status ?? 0),
  WorkerStatus: (heartbeat) => shortStatus(heartbeat.status ?? 0),
};

function shortStatus(status: number): string {
  const name = enumName(WorkerStatus, status) ?? '';
  return name.replace('WORKER_STATUS_', '').toLowerCase().replaceAll('_', '');
}

const invalid = (message: string) => invalidArgument(`invalid query: ${message}`);

function readerOf(value: FilterValue): { name: string; read: (heartbeat: Heartbeat) => string | number } {
  const name = value.kind === 'column' ? value.name : '';
  const read = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!read) throw invalid(`unknown or unsupported worker attribute '${name}'`);
  return { name, read };
}

function constant(name: string, value: FilterValue): string | number {
  if (value.kind === 'text') {
    if (name.endsWith('Time')) return Date.parse(value.value);
    return name.endsWith('Status') ? value.value.toLowerCase().replaceAll('_', '') : value.value;
  }
  if (value.kind === 'integer') return Number(value.digits);
  throw invalid(`expected a text or a number to compare ${name} with`);
}

const comparisons: Readonly<Partial<Record<FilterOperator, (a: string | number, b: string | number) => boolean>>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  starts_with: (a, b) => String(a).startsWith(String(b)),
  'not starts_with': (a, b) => !String(a).startsWith(String(b)),
};

function compile(expression: FilterExpression): (heartbeat: Heartbeat) => boolean {
  switch (expression.kind) {
    case 'and': {
      const terms = expression.terms.map(compile);
      return (heartbeat) => terms.every((term) => term(heartbeat));
    }
    case 'or': {
      const terms = expression.terms.map(compile);
      return (heartbeat) => terms.some((term) => term(heartbeat));
    }
    case 'not': {
      const term = compile(expression.term);
      return (heartbeat) => !term(heartbeat);
    }
    case 'compare':
      return compileComparison(expression);
    case 'between': {
      const { name, read } = readerOf(expression.left);
      const [from, to] = [constant(name, expression.from), constant(name, expression.to)];
      return (heartbeat) => (read(heartbeat) >= from && read(heartbeat) <= to) !== expression.negated;
    }
    case 'isNull': {
      const { read } = readerOf(expression.left);
      return (heartbeat) => !read(heartbeat) !== expression.negated;
    }
    case 'unsupported':
      throw invalid(expression.message);
    case 'value':
      throw invalid('incomplete expression');
  }
}

function compileComparison(
  expression: Extract<FilterExpression, { kind: 'compare' }>,
): (heartbeat: Heartbeat) => boolean {
  const { name, read } = readerOf(expression.left);
  const { operator, right } = expression;
  if (operator === 'in' || operator === 'not in') {
    const values = right.kind === 'list' ? right.values.map((value) => constant(name, value)) : [];
    return (heartbeat) => values.includes(read(heartbeat)) === (operator === 'in');
  }
  const value = constant(name, right);
  const test = comparisons[operator];
  if (!test) throw invalid(`operator '${operator}' is not supported`);
  return (heartbeat) => test(read(heartbeat), value);
}

/** @throws ServiceError INVALID_ARGUMENT */
export function matchesWorker(query: string): (heartbeat: Heartbeat) => boolean {
  const { where } = parseFilter(query);
  return where ? compile(where) : () => true;
}
