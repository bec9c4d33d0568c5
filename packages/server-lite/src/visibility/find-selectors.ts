/** Conditions of a filter by which the runs that can match are found in an index, without a look at the others. */
import type { Between, Comparison, FilterCompiler, SqlCondition } from './compile-filter.ts';
import type { Field } from './filter-fields.ts';
import type { FilterExpression, FilterOperator } from './filter-syntax.ts';
import { scalarTest, type ValueTest } from './value-test.ts';

/** On rows `a` of the table. */
interface TableCondition extends SqlCondition {
  readonly table: 'visibility_attributes' | 'visibility_runs';
}

/** What is found by any of them may match. */
export type Selector = readonly TableCondition[];

/**
 * Where an index begins with a field. Runs that are their own root are found by their own ids: the index of roots leaves
 * them out.
 */
const indexed: Readonly<Record<string, readonly ((test: ValueTest) => string)[]>> = {
  WorkflowId: [({ sql }) => sql('a.workflow_id')],
  RunId: [({ sql }) => sql('a.run_id')],
  WorkflowType: [({ sql }) => sql('a.workflow_type')],
  ExecutionStatus: [({ sql }) => sql('a.status')],
  TaskQueue: [({ sql }) => sql('a.task_queue')],
  StartTime: [({ sql }) => sql('a.start_ms')],
  CloseTime: [({ sql }) => sql('a.sort_ms')],
  ParentWorkflowId: [({ sql }) => `a.parent_workflow_id IS NOT NULL AND ${sql('a.parent_workflow_id')}`],
  RootWorkflowId: [
    ({ sql }) => `a.root_run_id <> a.run_id AND ${sql('a.root_workflow_id')}`,
    ({ sql }) => `${sql('a.workflow_id')} AND a.root_run_id = a.run_id`,
  ],
  RootRunId: [
    ({ sql }) => `a.root_run_id <> a.run_id AND ${sql('a.root_run_id')}`,
    ({ sql }) => `${sql('a.run_id')} AND a.root_run_id = a.run_id`,
  ],
};

const parents: Selector = [{ table: 'visibility_runs', sql: 'a.parent_workflow_id IS NOT NULL', params: [] }];

const opposites: Readonly<Partial<Record<FilterOperator, FilterOperator>>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '=': '!=',
  '!=': '=',
};

/** Those of the conditions that all have to hold. */
export function findSelectors(expression: FilterExpression, compiler: FilterCompiler): Selector[] {
  switch (expression.kind) {
    case 'and': {
      const { sql, params } = timesOf(expression, compiler, 'a');
      // Both ends of a span of time are told in two conditions, of which neither leaves few.
      const span: Selector = [{ table: 'visibility_runs', sql, params }];
      const others = expression.terms.flatMap((term) => findSelectors(term, compiler));
      return params.length > 1 ? [span, ...others] : others;
    }
    case 'or': {
      const found = expression.terms.map((term) => findSelectors(term, compiler)[0]);
      return found.every((selector) => selector !== undefined) ? [found.flat()] : [];
    }
    case 'not':
      return findNegated(expression.term, compiler);
    case 'compare':
    case 'between': {
      const field = compiler.field(expression.left);
      return selectorsOf(field, testsOf(field, expression, compiler));
    }
    case 'isNull': {
      if (!expression.negated) return [];
      const field = compiler.field(expression.left);
      if (field.name === 'ParentWorkflowId' || field.name === 'ParentRunId') return [parents];
      return field.place.kind === 'attribute' ? [ofAttribute(field, [{ sql: () => '1', params: [] }])] : [];
    }
    default:
      return [];
  }
}

function findNegated(term: FilterExpression, compiler: FilterCompiler): Selector[] {
  if (term.kind === 'between') return findSelectors({ ...term, negated: !term.negated }, compiler);
  const operator = term.kind === 'compare' ? opposites[term.operator] : undefined;
  return term.kind === 'compare' && operator ? findSelectors({ ...term, operator }, compiler) : [];
}

function selectorsOf(field: Field, tests: readonly ValueTest[]): Selector[] {
  if (tests.length === 0) return [];
  if (field.place.kind === 'attribute') return [ofAttribute(field, tests)];
  const places = Object.hasOwn(indexed, field.name) ? (indexed[field.name] ?? []) : [];
  if (places.length === 0) return [];
  const table = 'visibility_runs';
  return [places.flatMap((place) => tests.map((test) => ({ table, sql: place(test), params: test.params })))];
}

function ofAttribute(field: Field, tests: readonly ValueTest[]): Selector {
  return tests.map(({ sql, params }) => ({
    table: 'visibility_attributes',
    sql: `a.name = ? AND ${sql('a.value')}`,
    params: [field.name, ...params],
  }));
}

/** Tests that an index can answer, any of which may hold; none when there is no such thing. */
function testsOf(field: Field, expression: Comparison | Between, compiler: FilterCompiler): ValueTest[] {
  if (field.type === 'Text') return [];
  if (expression.kind === 'between') {
    const test = compiler.betweenTest(field, expression);
    return expression.negated ? outside(test.params) : [test];
  }
  const test = compiler.test(field, expression);
  switch (expression.operator) {
    case '!=':
      // Of several values none may match: which are few says nothing.
      return field.type === 'KeywordList' ? [] : outside([test.params[0] ?? '', test.params[0] ?? '']);
    case '=':
    case 'in':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'starts_with':
      return [test];
    default:
      return [];
  }
}

/** An equality whose index is in the order of lists. */
export function hasOwnOrder(expression: FilterExpression, compiler: FilterCompiler): boolean {
  if (expression.kind === 'and') return expression.terms.some((term) => hasOwnOrder(term, compiler));
  if (expression.kind !== 'compare' || expression.operator !== '=') return false;
  return ['WorkflowId', 'WorkflowType', 'ExecutionStatus', 'TaskQueue'].includes(compiler.field(expression.left).name);
}

/** What has to hold of the times that rows of both tables carry. */
export function timesOf(expression: FilterExpression, compiler: FilterCompiler, row: string): SqlCondition {
  const columns: Readonly<Record<string, string>> = { StartTime: `${row}.start_ms`, CloseTime: `${row}.sort_ms` };
  if (expression.kind === 'and') {
    const conditions = expression.terms.map((term) => timesOf(term, compiler, row));
    return { sql: conditions.map(({ sql }) => sql).join(' AND '), params: conditions.flatMap(({ params }) => params) };
  }
  if (expression.kind === 'compare' || expression.kind === 'between') {
    const field = compiler.field(expression.left);
    const column = Object.hasOwn(columns, field.name) ? columns[field.name] : undefined;
    if (column === undefined) return anyTime;
    const { sql, params } =
      expression.kind === 'between' ? compiler.betweenTest(field, expression) : compiler.test(field, expression);
    return { sql: sql(column), params };
  }
  return anyTime;
}

const anyTime: SqlCondition = { sql: '1', params: [] };

const outside = ([from = '', to = '']: ValueTest['params']): ValueTest[] => [
  scalarTest('<', [from]),
  scalarTest('>', [to]),
];
