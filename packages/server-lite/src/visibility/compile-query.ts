import { invalidArgument } from '../errors.ts';
import { type CompileOptions, type Driver, FilterCompiler, type SqlCondition } from './compile-filter.ts';
import { findSelectors, hasOwnOrder, type Selector, timesOf } from './find-selectors.ts';
import { parseFilter } from './parse-filter.ts';

export interface CompiledQuery {
  readonly condition: SqlCondition;
  /** With what must hold of the times that its rows carry. */
  readonly driver: (Driver & { readonly times: SqlCondition }) | undefined;
  /** An index gives what matches in the order of lists, other than that of all runs. */
  readonly hasOwnOrder: boolean;
  readonly selectors: readonly Selector[];
  readonly groupByStatus: boolean;
}

const unsupported = (message: string) => invalidArgument(`invalid query: operation is not supported: ${message}`);

/**
 * @param division what is listed unless the query says otherwise: undefined for what belongs to no system division
 * @throws ServiceError INVALID_ARGUMENT `invalid query: ...`
 */
export function compileQuery(query: string, division: string | undefined, options: CompileOptions): CompiledQuery {
  const filter = parseFilter(query);
  const compiler = new FilterCompiler(options);
  if (filter.groupBy.length > 1) throw unsupported("'GROUP BY' clause supports only a single field");
  for (const value of filter.groupBy) {
    if (compiler.field(value).name !== 'ExecutionStatus') {
      throw unsupported("'GROUP BY' clause is only supported for ExecutionStatus");
    }
  }
  if (filter.hasOrderBy) throw unsupported("'ORDER BY' clause");
  if (filter.hasLimit) throw unsupported("'LIMIT' clause");
  const conditions: SqlCondition[] = filter.where ? [compiler.compile(filter.where)] : [];
  const driver = filter.where && compiler.driver(filter.where);
  if (division !== undefined) conditions.push({ sql: 'r.division = ?', params: [division] });
  else if (!compiler.names.has('TemporalNamespaceDivision')) conditions.push({ sql: 'r.division IS NULL', params: [] });
  return {
    condition: {
      sql: conditions.map(({ sql }) => `(${sql})`).join(' AND ') || '1',
      params: conditions.flatMap(({ params }) => params),
    },
    driver: filter.where && driver && { ...driver, times: timesOf(filter.where, compiler, 'd') },
    hasOwnOrder: filter.where !== undefined && hasOwnOrder(filter.where, compiler),
    selectors: filter.where ? findSelectors(filter.where, compiler) : [],
    groupByStatus: filter.groupBy.length > 0,
  };
}
