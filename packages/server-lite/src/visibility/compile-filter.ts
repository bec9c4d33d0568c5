/** A filter's meaning as an SQL condition on `visibility_runs r`, with its values as parameters. */
import { invalidArgument } from '../errors.ts';
import { type Field, fieldOf } from './filter-fields.ts';
import type { FilterExpression, FilterOperator, FilterValue } from './filter-syntax.ts';
import { statusOf, type StoredValue, storedValue } from './filter-value.ts';
import { between, oneOf, prefixTest, scalarTest, type ValueTest } from './value-test.ts';
import { textTokens } from './text-tokens.ts';
import type { SearchAttributeType } from '../system/search-attribute/search-attribute-type.ts';
import type { FilterWords } from './visibility.ts';

export interface SqlCondition {
  readonly sql: string;
  readonly params: readonly StoredValue[];
}

export interface CompileOptions {
  readonly typeOf: (name: string) => SearchAttributeType | undefined;
  readonly words?: FilterWords | undefined;
}

/** An attribute that every match has with this value: lists may start from there instead of from all runs. */
export interface Driver {
  readonly name: string;
  readonly value: StoredValue;
}

export type Comparison = Extract<FilterExpression, { kind: 'compare' }>;
export type Between = Extract<FilterExpression, { kind: 'between' }>;

const unsupported = (message: string) => invalidArgument(`invalid query: operation is not supported: ${message}`);
const invalid = (message: string) => invalidArgument(`invalid query: invalid expression: ${message}`);

/** Operators that the language has and filters do not. */
const unsupportedOperators: ReadonlySet<string> = new Set(['like', 'not like', 'regexp', 'not regexp', '<=>']);

export class FilterCompiler {
  readonly #options: CompileOptions;
  /** Names that the filter mentions. */
  readonly names = new Set<string>();

  constructor(options: CompileOptions) {
    this.#options = options;
  }

  compile(expression: FilterExpression): SqlCondition {
    switch (expression.kind) {
      case 'and':
      case 'or':
        return balanced(
          expression.terms.map((term) => this.compile(term)),
          expression.kind.toUpperCase(),
        );
      case 'not': {
        if (this.#options.words?.negation === false) throw unsupported("'not' expression");
        const { sql, params } = this.compile(expression.term);
        return { sql: `NOT (${sql})`, params };
      }
      case 'compare':
        return this.#compare(expression);
      case 'between':
        return this.#between(expression);
      case 'isNull':
        return this.#isNull(this.field(expression.left), expression.negated);
      case 'unsupported':
        throw invalid(expression.message);
      case 'value':
        throw incomplete(expression.value);
    }
  }

  /** A top-level equality on an attribute, if there is one. */
  driver(expression: FilterExpression): Driver | undefined {
    if (expression.kind === 'and') {
      for (const term of expression.terms) {
        const found = this.driver(term);
        if (found) return found;
      }
    }
    if (expression.kind !== 'compare' || expression.operator !== '=') return undefined;
    const field = this.field(expression.left);
    if (field.place.kind !== 'attribute') return undefined;
    const value = this.#stored(field, expression.left, expression.right);
    if (field.type !== 'Text') return { name: field.name, value };
    const [token, ...others] = textTokens(String(value));
    return token === undefined || others.length > 0 ? undefined : { name: field.name, value: token };
  }

  field(value: FilterValue, text = ''): Field {
    if (value.kind !== 'column') throw invalid(`must be a column name but was ${goTypeOf(value)}`);
    const { typeOf, words } = this.#options;
    const field = fieldOf(words?.rename?.(value.name)?.name ?? value.name, typeOf);
    const error = field ? words?.refused?.(value.name) : words?.unknownName?.(value.name, text);
    if (error) throw error;
    if (!field) throw invalid(`column name '${value.name}' is not a valid search attribute`);
    this.names.add(field.name);
    return field;
  }

  #stored(field: Field, left: FilterValue, right: FilterValue): StoredValue {
    const { words } = this.#options;
    const prefix = left.kind === 'column' ? (words?.rename?.(left.name)?.prefix ?? '') : '';
    const isStatus = field.name === 'ExecutionStatus' && right.kind === 'text';
    if (isStatus && words?.anyStatus) return statusOf(right.value) ?? right.value;
    const stored = storedValue(field, right);
    return prefix === '' ? stored : `${prefix}${stored}`;
  }

  #compare(expression: Comparison): SqlCondition {
    const { operator, left } = expression;
    const field = this.field(left, expression.text);
    if (unsupportedOperators.has(operator)) {
      throw invalid(`invalid operator '${operator}' in \`${expression.text}\``);
    }
    const isNegated = operator === '!=' || operator === 'not in';
    if (field.type === 'Text') {
      const values = this.#values(field, expression);
      this.#requireSetOperator(field, expression);
      return textCondition(field, isNegated, values);
    }
    const test = this.test(field, expression);
    return field.type === 'KeywordList' ? listCondition(field, isNegated, test) : onValue(field, test);
  }

  #values(field: Field, { left, right }: Comparison): StoredValue[] {
    return (right.kind === 'list' ? right.values : [right]).map((value) => this.#stored(field, left, value));
  }

  #requireSetOperator(field: Field, { operator, text }: Comparison): void {
    if (field.type === 'Text' ? operator === '=' || operator === '!=' : setOperators.has(operator)) return;
    throw invalid(`operator '${operator}' not supported for ${field.type} type search attribute in \`${text}\``);
  }

  test(field: Field, expression: Comparison): ValueTest {
    const { operator, right } = expression;
    const values = this.#values(field, expression);
    if (field.type === 'KeywordList') {
      this.#requireSetOperator(field, expression);
      return oneOf(values);
    }
    if (operator !== 'starts_with' && operator !== 'not starts_with') return scalarTest(operator, values);
    if (right.kind !== 'text') {
      throw invalid(`right-hand side of '${operator}' must be a literal string (got: ${shown(right)})`);
    }
    return prefixTest(field, operator === 'starts_with', String(values[0]));
  }

  #between(expression: Between): SqlCondition {
    const field = this.field(expression.left);
    return onValue(field, this.betweenTest(field, expression));
  }

  betweenTest(field: Field, expression: Between): ValueTest {
    if (field.type === 'Bool' || field.type === 'Text' || field.type === 'KeywordList') {
      throw invalid(`cannot do range condition on search attribute '${field.name}' of type ${field.type}`);
    }
    const bounds = [expression.from, expression.to].map((value) => this.#stored(field, expression.left, value));
    return between(expression.negated, bounds);
  }

  #isNull(field: Field, negated: boolean): SqlCondition {
    const not = negated ? 'NOT ' : '';
    if (field.name === 'CloseTime') return { sql: `r.close_ms IS ${not}NULL`, params: [] };
    if (field.place.kind === 'column') return { sql: `${field.place.sql} IS ${not}NULL`, params: [] };
    return { sql: `${negated ? '' : 'NOT '}EXISTS (${attributeRows('1')})`, params: [field.name] };
  }
}

const setOperators: ReadonlySet<FilterOperator> = new Set<FilterOperator>(['=', '!=', 'in', 'not in']);

const attributeRows = (select: string): string =>
  `SELECT ${select} FROM visibility_attributes a WHERE a.run_key = r.run_key AND a.name = ?`;

/**
 * An attribute may hold several values, of which any may match; with none, the condition is neither true nor false.
 * Parameters of the test come before the attribute's name in the text of the statement.
 */
function onValue(field: Field, test: ValueTest): SqlCondition {
  if (field.place.kind === 'column') return { sql: test.sql(field.place.sql), params: test.params };
  return { sql: `(${attributeRows(`max(${test.sql('a.value')})`)})`, params: [...test.params, field.name] };
}

function listCondition(field: Field, negated: boolean, test: ValueTest): SqlCondition {
  const sql = `${negated ? 'NOT ' : ''}EXISTS (${attributeRows('1')} AND ${test.sql('a.value')})`;
  return { sql, params: [field.name, ...test.params] };
}

/** Any of the words that spaces separate. A word with punctuation inside is found when all its parts are. */
function textCondition(field: Field, negated: boolean, values: readonly StoredValue[]): SqlCondition {
  const words = values.flatMap((value) => String(value).split(/\s+/)).map(textTokens);
  const conditions = words
    .filter((parts) => parts.length > 0)
    .map((parts) =>
      balanced(
        parts.map((part) => listCondition(field, false, oneOf([part]))),
        'AND',
      ),
    );
  const anyOf = conditions.length === 0 ? { sql: '0', params: [] } : balanced(conditions, 'OR');
  return negated ? { sql: `NOT (${anyOf.sql})`, params: anyOf.params } : anyOf;
}

/** Joined in halves, so that a long chain does not become a deep tree. */
function balanced(conditions: readonly SqlCondition[], joiner: string): SqlCondition {
  const [only] = conditions;
  if (conditions.length === 1 && only) return { sql: `(${only.sql})`, params: only.params };
  const middle = conditions.length >> 1;
  const left = balanced(conditions.slice(0, middle), joiner);
  const right = balanced(conditions.slice(middle), joiner);
  return { sql: `(${left.sql} ${joiner} ${right.sql})`, params: [...left.params, ...right.params] };
}

function incomplete(value: FilterValue): Error {
  if (value.kind === 'column') return invalid('incomplete expression');
  if (value.kind === 'other' && value.name === '*sqlparser.FuncExpr') return unsupported('function expression');
  return unsupported(`expression of type ${goTypeOf(value)}`);
}

function goTypeOf(value: FilterValue): string {
  switch (value.kind) {
    case 'other':
      return value.name;
    case 'boolean':
      return 'sqlparser.BoolVal';
    case 'list':
      return 'sqlparser.ValTuple';
    case 'column':
      return '*sqlparser.ColName';
    case 'text':
    case 'integer':
    case 'decimal':
    case 'unreadable':
      return '*sqlparser.SQLVal';
  }
}

const shown = (value: FilterValue): string => {
  if (value.kind === 'integer') return value.digits;
  if (value.kind === 'decimal' || value.kind === 'boolean') return String(value.value);
  return value.kind === 'list' ? `(${value.values.map(shown).join(', ')})` : '';
};
