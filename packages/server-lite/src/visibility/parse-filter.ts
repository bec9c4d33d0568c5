/** The list filter language: the part after WHERE of an SQL statement. */
import { invalidArgument } from '../errors.ts';
import type { Filter, FilterExpression, FilterOperator, FilterValue } from './filter-syntax.ts';
import { readTokens, type Token } from './filter-tokens.ts';

/** The language is defined by the statement around a filter: positions in messages count from its start. */
const statementStart = 'select * from table1 ';
const deepest = 100;
const mostTokens = 20_000;

const reserved: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'between',
  'is',
  'null',
  'like',
  'starts_with',
  'order',
  'group',
  'by',
  'limit',
  'where',
  'having',
  'select',
  'from',
  'union',
  'exists',
  'case',
  'when',
  'then',
  'else',
  'end',
  'asc',
  'desc',
  'true',
  'false',
]);

/**
 * @throws ServiceError INVALID_ARGUMENT `invalid query: malformed SQL query: ...`
 */
export function parseFilter(query: string): Filter {
  return new FilterParser(query.trim()).parse();
}

class FilterParser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #offset: number;
  #place = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = readTokens(text);
    const startsWithClause = /^(order by|group by)/i.test(text) || text === '';
    this.#offset = statementStart.length + (startsWithClause ? 0 : 'where '.length);
    if (this.#tokens.length > mostTokens) {
      throw invalidArgument(
        `invalid query: malformed SQL query: ${this.#tokens.length} tokens, at most ${mostTokens} are allowed`,
      );
    }
  }

  parse(): Filter {
    const startsWithClause = this.#isWord('order') || this.#isWord('group') || this.#peek().kind === 'end';
    const where = startsWithClause ? undefined : this.#or();
    const groupBy = this.#groupBy();
    const hasOrderBy = this.#orderBy();
    const hasLimit = this.#limit();
    if (this.#peek().kind !== 'end') this.#fail();
    return { where, groupBy, hasOrderBy, hasLimit };
  }

  #groupBy(): FilterValue[] {
    const fields: FilterValue[] = [];
    if (!this.#takeWord('group')) return fields;
    this.#expectWord('by');
    do fields.push(this.#value());
    while (this.#takeSymbol(','));
    return fields;
  }

  #orderBy(): boolean {
    if (!this.#takeWord('order')) return false;
    this.#expectWord('by');
    do {
      this.#value();
      if (!this.#takeWord('asc')) this.#takeWord('desc');
    } while (this.#takeSymbol(','));
    return true;
  }

  #limit(): boolean {
    if (!this.#takeWord('limit')) return false;
    this.#value();
    if (this.#takeSymbol(',')) this.#value();
    return true;
  }

  #or(): FilterExpression {
    const terms = [this.#and()];
    while (this.#takeWord('or')) terms.push(this.#and());
    return terms.length === 1 && terms[0] ? terms[0] : { kind: 'or', terms };
  }

  #and(): FilterExpression {
    const terms = [this.#not()];
    while (this.#takeWord('and')) terms.push(this.#not());
    return terms.length === 1 && terms[0] ? terms[0] : { kind: 'and', terms };
  }

  #not(): FilterExpression {
    if (++this.#depth > deepest) this.#fail('max nesting level reached');
    const expression: FilterExpression = this.#takeWord('not') ? { kind: 'not', term: this.#not() } : this.#condition();
    this.#depth--;
    return expression;
  }

  #condition(): FilterExpression {
    const start = this.#peek().start;
    if (this.#takeSymbol('(')) {
      const inner = this.#or();
      this.#expectSymbol(')');
      return inner;
    }
    const left = this.#value();
    if (this.#takeWord('is')) {
      const negated = this.#takeWord('not');
      this.#expectWord('null');
      return { kind: 'isNull', left, negated };
    }
    const negated = this.#takeWord('not');
    if (this.#takeWord('between')) {
      const from = this.#value();
      this.#expectWord('and');
      return { kind: 'between', left, negated, from, to: this.#value() };
    }
    const operator = this.#operator(negated);
    if (!operator) return { kind: 'value', value: left };
    const right = operator === 'in' || operator === 'not in' ? this.#list() : this.#value();
    return { kind: 'compare', left, operator, right, text: this.#text.slice(start, this.#last().end) };
  }

  #operator(negated: boolean): FilterOperator | undefined {
    for (const word of ['in', 'starts_with', 'like'] as const) {
      if (this.#takeWord(word)) return negated ? `not ${word}` : word;
    }
    if (negated) this.#fail();
    for (const symbol of ['=', '!=', '<', '<=', '>', '>='] as const) if (this.#takeSymbol(symbol)) return symbol;
    return this.#takeSymbol('<>') ? '!=' : undefined;
  }

  #list(): FilterValue {
    this.#expectSymbol('(');
    const values: FilterValue[] = [];
    do values.push(this.#value());
    while (this.#takeSymbol(','));
    this.#expectSymbol(')');
    return { kind: 'list', values };
  }

  #value(): FilterValue {
    const token = this.#peek();
    if (this.#takeSymbol('-') || this.#takeSymbol('+')) {
      this.#value();
      return { kind: 'other', name: '*sqlparser.UnaryExpr' };
    }
    if (token.kind === 'word' && !reserved.has(token.lower)) return this.#nameOrCall();
    this.#next();
    if (token.kind === 'text') return { kind: 'text', value: token.value };
    if (token.kind === 'integer') return { kind: 'integer', digits: token.value };
    if (token.kind === 'decimal') return { kind: 'decimal', value: Number(token.value) };
    if (token.kind === 'quotedName') return { kind: 'column', name: token.value };
    if (token.lower === 'true' || token.lower === 'false') return { kind: 'boolean', value: token.lower === 'true' };
    if (token.lower === 'null') return { kind: 'other', name: '*sqlparser.NullVal' };
    this.#place--;
    return this.#fail();
  }

  #nameOrCall(): FilterValue {
    const name = this.#next().value;
    if (!this.#takeSymbol('(')) return { kind: 'column', name };
    if (!this.#isSymbol(')')) {
      do this.#value();
      while (this.#takeSymbol(','));
    }
    this.#expectSymbol(')');
    return { kind: 'other', name: '*sqlparser.FuncExpr' };
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#place, this.#tokens.length - 1)] ?? endToken;
  }

  #last(): Token {
    return this.#tokens[this.#place - 1] ?? endToken;
  }

  #next(): Token {
    const token = this.#peek();
    this.#place++;
    return token;
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token.kind === 'word' && token.lower === word;
  }

  #isSymbol(symbol: string): boolean {
    const token = this.#peek();
    return token.kind === 'symbol' && token.value === symbol;
  }

  #takeWord(word: string): boolean {
    const found = this.#isWord(word);
    if (found) this.#place++;
    return found;
  }

  #takeSymbol(symbol: string): boolean {
    const found = this.#isSymbol(symbol);
    if (found) this.#place++;
    return found;
  }

  #expectWord(word: string): void {
    if (!this.#takeWord(word)) this.#fail();
  }

  #expectSymbol(symbol: string): void {
    if (!this.#takeSymbol(symbol)) this.#fail();
  }

  #fail(what = 'syntax error'): never {
    const token = this.#peek();
    const near = token.kind === 'end' || token.kind === 'symbol' ? '' : ` near '${shownToken(token)}'`;
    throw invalidArgument(
      `invalid query: malformed SQL query: ${what} at position ${this.#offset + token.end + 1}${near}`,
    );
  }
}

const endToken: Token = { kind: 'end', value: '', lower: '', start: 0, end: 0 };
const shownToken = (token: Token): string =>
  (token.kind === 'word' && reserved.has(token.lower) ? token.lower : token.value).slice(0, 100);
