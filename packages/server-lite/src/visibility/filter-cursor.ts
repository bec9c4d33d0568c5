/** Reads the tokens of a filter one after the other, and says where it broke off. */
import { invalidArgument } from '../errors.ts';
import { readTokens, type Token } from './filter-tokens.ts';

/** The language is defined by the statement around a filter: positions in messages count from its start. */
export interface Statement {
  readonly start: string;
  readonly problem: string;
}

export const listStatement: Statement = {
  start: 'select * from table1 ',
  problem: 'invalid query: malformed SQL query',
};
/** Of batches, which only ask whether their query can be read. */
export const batchStatement: Statement = { start: 'select * from dummy ', problem: 'invalid visibility query' };
const mostTokens = 20_000;

/** Words of SQL that name no column. */
export const reservedWords: ReadonlySet<string> = new Set(
  [
    '_binary add all alter analyze and as asc auto_increment between binary boolean by case cast collate column',
    'constraint convert create cross current_date current_time current_timestamp database databases default delete',
    'desc describe distinct div drop else end escape exists explain extended false for force from full group',
    'group_concat having if ignore in index inner insert interval into is join key left like limit localtime',
    'localtimestamp lock match maxvalue mod natural next not null on or order outer processlist regexp rename replace',
    'right rlike schema select separator set show sql_cache sql_no_cache starts_with straight_join stream substr',
    'substring table tables then to true union unique update use using utc_date utc_time utc_timestamp values when',
    'where',
  ].flatMap((line) => line.split(' ')),
);

const endToken: Token = { kind: 'end', value: '', lower: '', start: 0, end: 0 };

export class FilterCursor {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #offset: number;
  readonly #problem: string;
  #place = 0;

  /** @throws ServiceError INVALID_ARGUMENT when there is too much of it */
  constructor(text: string, statement: Statement) {
    this.#text = text;
    this.#problem = statement.problem;
    this.#tokens = readTokens(text, mostTokens);
    const startsWithClause = /^(order by|group by)/i.test(text) || text === '';
    this.#offset = statement.start.length + (startsWithClause ? 0 : 'where '.length);
    if (this.#tokens.length > mostTokens) {
      throw invalidArgument(`${this.#problem}: more than ${mostTokens} tokens, which are not allowed`);
    }
  }

  peek(): Token {
    return this.#tokens[Math.min(this.#place, this.#tokens.length - 1)] ?? endToken;
  }

  next(): Token {
    const token = this.peek();
    this.#place++;
    return token;
  }

  back(): void {
    this.#place--;
  }

  /** The text from a position to the end of the last token that was taken. */
  textFrom(start: number): string {
    return this.#text.slice(start, (this.#tokens[this.#place - 1] ?? endToken).end);
  }

  isWord(word: string): boolean {
    const token = this.peek();
    return token.kind === 'word' && token.lower === word;
  }

  isSymbol(symbol: string): boolean {
    const token = this.peek();
    return token.kind === 'symbol' && token.value === symbol;
  }

  takeWord(word: string): boolean {
    const found = this.isWord(word);
    if (found) this.#place++;
    return found;
  }

  takeSymbol(symbol: string): boolean {
    const found = this.isSymbol(symbol);
    if (found) this.#place++;
    return found;
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) this.fail();
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) this.fail();
  }

  fail(what = 'syntax error'): never {
    const token = this.peek();
    const hasText = token.kind !== 'end' && token.kind !== 'symbol' && token.value !== '';
    const near = hasText ? ` near '${shown(token)}'` : '';
    throw invalidArgument(`${this.#problem}: ${what} at position ${this.#offset + token.end + 1}${near}`);
  }
}

const shown = (token: Token): string =>
  (token.kind === 'word' && (reservedWords.has(token.lower) || token.lower === 'xor')
    ? token.lower
    : token.value
  ).slice(0, 100);
