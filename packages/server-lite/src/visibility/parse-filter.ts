/** The list filter language: the part after WHERE of an SQL statement. */
import { FilterCursor, listStatement, reservedWords, type Statement } from './filter-cursor.ts';
import type { Filter, FilterExpression, FilterOperator, FilterValue } from './filter-syntax.ts';

type Other = Extract<FilterValue, { kind: 'other' }>;

const deepest = 100;
const arithmetic = ['+', '-', '*', '/', '%', '&', '|', '^', '<<', '>>', '->', '->>'] as const;
const other = (name: Other['name']): FilterValue => ({ kind: 'other', name });

/**
 * @throws ServiceError INVALID_ARGUMENT `invalid query: malformed SQL query: ...`
 */
export function parseFilter(query: string, statement: Statement = listStatement): Filter {
  return new FilterParser(query.trim(), statement).parse();
}

class FilterParser {
  readonly #tokens: FilterCursor;
  #depth = 0;

  constructor(text: string, statement: Statement) {
    this.#tokens = new FilterCursor(text, statement);
  }

  parse(): Filter {
    const startsWithClause =
      this.#tokens.isWord('order') || this.#tokens.isWord('group') || this.#tokens.peek().kind === 'end';
    const where = startsWithClause ? undefined : this.#or();
    const groupBy = this.#groupBy();
    // Of the statement that a filter is part of, these say nothing that lists ask for.
    if (this.#tokens.takeWord('having')) this.#or();
    const hasOrderBy = this.#orderBy();
    const hasLimit = this.#limit();
    if (this.#tokens.takeWord('for')) this.#tokens.expectWord('update');
    if (this.#tokens.takeWord('lock')) for (const word of ['in', 'share', 'mode']) this.#tokens.expectWord(word);
    this.#tokens.takeSymbol(';');
    if (this.#tokens.peek().kind !== 'end') this.#tokens.fail();
    return { where, groupBy, hasOrderBy, hasLimit };
  }

  #groupBy(): FilterValue[] {
    const fields: FilterValue[] = [];
    if (!this.#tokens.takeWord('group')) return fields;
    this.#tokens.expectWord('by');
    do fields.push(this.#value());
    while (this.#tokens.takeSymbol(','));
    return fields;
  }

  #orderBy(): boolean {
    if (!this.#tokens.takeWord('order')) return false;
    this.#tokens.expectWord('by');
    do {
      this.#value();
      if (!this.#tokens.takeWord('asc')) this.#tokens.takeWord('desc');
    } while (this.#tokens.takeSymbol(','));
    return true;
  }

  #limit(): boolean {
    if (!this.#tokens.takeWord('limit')) return false;
    this.#value();
    if (this.#tokens.takeSymbol(',')) this.#value();
    return true;
  }

  #or(): FilterExpression {
    const terms = [this.#and()];
    while (this.#tokens.takeWord('or') || this.#tokens.takeSymbol('||')) terms.push(this.#and());
    return terms.length === 1 && terms[0] ? terms[0] : { kind: 'or', terms };
  }

  #and(): FilterExpression {
    const terms = [this.#not()];
    while (this.#tokens.takeWord('and') || this.#tokens.takeSymbol('&&')) terms.push(this.#not());
    return terms.length === 1 && terms[0] ? terms[0] : { kind: 'and', terms };
  }

  #not(): FilterExpression {
    if (++this.#depth > deepest) this.#tokens.fail('max nesting level reached');
    const expression: FilterExpression = this.#tokens.takeWord('not')
      ? { kind: 'not', term: this.#not() }
      : this.#condition();
    this.#depth--;
    return expression;
  }

  #condition(): FilterExpression {
    const start = this.#tokens.peek().start;
    if (this.#tokens.takeSymbol('(')) {
      const inner = this.#or();
      this.#tokens.expectSymbol(')');
      return inner;
    }
    const left = this.#value();
    const leftText = this.#tokens.textFrom(start);
    if (this.#tokens.takeWord('is')) {
      const negated = this.#tokens.takeWord('not');
      if (this.#tokens.takeWord('true') || this.#tokens.takeWord('false')) {
        return { kind: 'unsupported', message: "'IS' operator can only be used with 'NULL' or 'NOT NULL'" };
      }
      this.#tokens.expectWord('null');
      return { kind: 'isNull', left, negated };
    }
    const negated = this.#tokens.takeWord('not');
    if (this.#tokens.takeWord('between')) {
      const from = this.#value();
      this.#tokens.expectWord('and');
      return { kind: 'between', left, negated, from, to: this.#value() };
    }
    const operator = this.#operator(negated);
    if (!operator) return { kind: 'value', value: left };
    const rightStart = this.#tokens.peek().start;
    const right = operator === 'in' || operator === 'not in' ? this.#list() : this.#value();
    const text = `${leftText} ${operator} ${this.#tokens.textFrom(rightStart)}`;
    return { kind: 'compare', left, operator, right, text };
  }

  #operator(negated: boolean): FilterOperator | undefined {
    for (const word of ['in', 'starts_with', 'like', 'regexp'] as const) {
      if (this.#tokens.takeWord(word)) return negated ? `not ${word}` : word;
    }
    if (this.#tokens.takeWord('rlike')) return negated ? 'not regexp' : 'regexp';
    if (negated) this.#tokens.fail();
    for (const symbol of ['=', '!=', '<', '<=', '>', '>=', '<=>'] as const)
      if (this.#tokens.takeSymbol(symbol)) return symbol;
    return this.#tokens.takeSymbol('<>') ? '!=' : undefined;
  }

  #list(): FilterValue {
    this.#tokens.expectSymbol('(');
    const values: FilterValue[] = [];
    do values.push(this.#value());
    while (this.#tokens.takeSymbol(','));
    this.#tokens.expectSymbol(')');
    return { kind: 'list', values };
  }

  #value(): FilterValue {
    const value = this.#operand();
    if (this.#tokens.takeWord('collate')) {
      this.#tokens.next();
      return other('*sqlparser.CollateExpr');
    }
    if (!arithmetic.some((symbol) => this.#tokens.takeSymbol(symbol))) return value;
    this.#value();
    return other('*sqlparser.BinaryExpr');
  }

  #operand(): FilterValue {
    const token = this.#tokens.peek();
    if (token.kind === 'symbol') return this.#signed();
    if (token.kind === 'word') return this.#word();
    this.#tokens.next();
    if (token.kind === 'text') return { kind: 'text', value: token.value };
    if (token.kind === 'integer') return { kind: 'integer', digits: token.value };
    if (token.kind === 'unreadable') return { kind: 'unreadable', text: token.value };
    if (token.kind === 'quotedName') return { kind: 'column', name: this.#qualified(token.value) };
    if (token.kind === 'decimal') {
      const value = Number(token.value);
      return Number.isFinite(value) ? { kind: 'decimal', value } : { kind: 'unreadable', text: token.value };
    }
    this.#tokens.back();
    return this.#tokens.fail();
  }

  #signed(): FilterValue {
    if (this.#tokens.takeSymbol('-')) {
      const value = this.#operand();
      if (value.kind !== 'integer') return other('*sqlparser.UnaryExpr');
      return { ...value, digits: value.digits.startsWith('-') ? value.digits.slice(1) : `-${value.digits}` };
    }
    if (this.#tokens.takeSymbol('+')) return this.#operand();
    if (this.#tokens.takeSymbol('!') || this.#tokens.takeSymbol('~')) {
      this.#operand();
      return other('*sqlparser.UnaryExpr');
    }
    return this.#tokens.isSymbol('(') ? this.#bracketed() : this.#tokens.fail();
  }

  /** Conditions in brackets have been read by the time that a value is looked for, except on the right of an operator. */
  #bracketed(): FilterValue {
    this.#tokens.expectSymbol('(');
    if (this.#tokens.isWord('select')) return this.#subquery();
    this.#or();
    let isAlone = true;
    while (this.#tokens.takeSymbol(',')) {
      this.#or();
      isAlone = false;
    }
    this.#tokens.expectSymbol(')');
    return isAlone ? other('*sqlparser.ParenExpr') : { kind: 'list', values: [] };
  }

  /** What it selects does not matter: it is refused where it stands. */
  #subquery(): FilterValue {
    this.#tokens.expectWord('select');
    for (let open = 1; open > 0;) {
      if (this.#tokens.peek().kind === 'end') this.#tokens.fail();
      if (this.#tokens.takeSymbol('(')) open++;
      else if (this.#tokens.takeSymbol(')')) open--;
      else this.#tokens.next();
    }
    return other('*sqlparser.Subquery');
  }

  #word(): FilterValue {
    const { lower } = this.#tokens.peek();
    if (!reservedWords.has(lower)) return this.#nameOrCall();
    this.#tokens.next();
    switch (lower) {
      case 'true':
      case 'false':
        return { kind: 'boolean', value: lower === 'true' };
      case 'null':
        return other('*sqlparser.NullVal');
      case 'binary':
      case '_binary':
        this.#operand();
        return other('*sqlparser.UnaryExpr');
      case 'interval':
        this.#value();
        this.#tokens.next();
        return other('*sqlparser.IntervalExpr');
      case 'exists':
        this.#tokens.expectSymbol('(');
        this.#subquery();
        return other('*sqlparser.ExistsExpr');
      case 'case':
        return this.#case();
      default:
        this.#tokens.back();
        return this.#tokens.fail();
    }
  }

  #case(): FilterValue {
    if (!this.#tokens.isWord('when')) this.#or();
    this.#tokens.expectWord('when');
    do {
      this.#or();
      this.#tokens.expectWord('then');
      this.#or();
    } while (this.#tokens.takeWord('when'));
    if (this.#tokens.takeWord('else')) this.#or();
    this.#tokens.expectWord('end');
    return other('*sqlparser.CaseExpr');
  }

  #nameOrCall(): FilterValue {
    const name = this.#tokens.next().value;
    if (!this.#tokens.takeSymbol('(')) return { kind: 'column', name: this.#qualified(name) };
    if (!this.#tokens.isSymbol(')')) {
      do this.#value();
      while (this.#tokens.takeSymbol(','));
    }
    this.#tokens.expectSymbol(')');
    return other('*sqlparser.FuncExpr');
  }

  /** With the names of a table and a schema before it, as a column may be written. */
  #qualified(first: string): string {
    const names = [first];
    while (names.length < 3 && this.#tokens.takeSymbol('.')) names.push(this.#tokens.next().value);
    return names.join('.');
  }
}
