/**
 * The tokens of a module, without a syntax tree: a tenth of the work of parsing. What packages publish is plain enough to
 * be read so; whatever leaves a doubt (where a slash may divide or begin a regular expression, names that are not ASCII)
 * gives no tokens, and the module is parsed.
 *
 * The type of a token that is one character is that character's code.
 */
export const TokenType = {
  arrow: 256,
  /** `?.` */
  optional: 257,
  spread: 258,
  /** `++` and `--`. */
  increment: 259,
  /** What stands before or between operands. */
  operator: 260,
  /** `+=` and the like. */
  compound: 261,
  /** Keywords included. */
  name: 300,
  number: 301,
  string: 302,
  regexp: 303,
  /** `#x` */
  privateName: 304,
  /** A template without substitutions. */
  template: 305,
  /** The parts of a template before, between and after substitutions. */
  head: 306,
  middle: 307,
  tail: 308,
} as const;

const code = (character: string): number => character.charCodeAt(0);

export const Punctuator = {
  openBrace: code('{'),
  closeBrace: code('}'),
  openParen: code('('),
  closeParen: code(')'),
  openBracket: code('['),
  closeBracket: code(']'),
  semicolon: code(';'),
  comma: code(','),
  colon: code(':'),
  question: code('?'),
  dot: code('.'),
  assign: code('='),
  star: code('*'),
} as const;

export interface Tokens {
  readonly code: string;
  readonly types: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Of each token: the one that opens the innermost bracket it is in, or -1. */
  readonly openers: readonly number[];
  /** Of a token that opens a bracket: the one that closes it. Zero for all others. */
  readonly closers: readonly number[];
}

/** The text of a token. */
export function textOf({ code: text, starts, ends }: Tokens, index: number): string {
  return text.slice(starts[index], ends[index]);
}

/** After these names a slash begins a regular expression. */
const BEFORE_OPERAND = new Set(
  'return typeof case in instanceof new delete void throw else do yield await default extends'.split(' '),
);
/** What these stand before in parentheses is followed by a statement. */
const BEFORE_STATEMENT = new Set(['if', 'while', 'for', 'with']);
const { name, number, string, regexp, privateName, template, head, middle, tail } = TokenType;

const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
const SPACE = 3;
const CLASSES = Array.from({ length: 128 }, (_, character) => {
  const text = String.fromCharCode(character);
  return /[\w$]/.test(text) ? (/\d/.test(text) ? DIGIT : LETTER) : /\s/.test(text) ? SPACE : OTHER;
});

/** Undefined for a text that leaves a doubt. */
export function tokensOf(text: string): Tokens | undefined {
  return new Tokenizer(text).read();
}

class Tokenizer {
  readonly #text: string;
  readonly #types: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #openers: number[] = [];
  readonly #closers: number[] = [];
  #at = 0;
  #opener = -1;
  /** What opened the bracket that was closed last. */
  #closed = -1;
  #isDoubtful = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Tokens | undefined {
    const text = this.#text;
    while (this.#at < text.length && !this.#isDoubtful) {
      const start = this.#at;
      const character = text.charCodeAt(start);
      const kind = CLASSES[character];
      if (kind === SPACE) this.#at++;
      else if (kind === LETTER) this.#push(name, this.#wordEnd(start));
      else if (kind === DIGIT) this.#number();
      else if (kind === undefined) return undefined;
      else this.#punctuator(character);
    }
    if (this.#isDoubtful || this.#opener !== -1) return undefined;
    return {
      code: text,
      types: this.#types,
      starts: this.#starts,
      ends: this.#ends,
      openers: this.#openers,
      closers: this.#closers,
    };
  }

  #push(type: number, end: number): void {
    this.#types.push(type);
    this.#starts.push(this.#at);
    this.#ends.push(end);
    this.#openers.push(this.#opener);
    this.#closers.push(0);
    this.#at = end;
  }

  #doubt(): void {
    this.#isDoubtful = true;
  }

  /** Names that go on with something that is not ASCII are left to the parser. */
  #wordEnd(start: number): number {
    const text = this.#text;
    let at = start;
    let kind: number | undefined = LETTER;
    while (kind === LETTER || kind === DIGIT) kind = CLASSES[text.charCodeAt(++at)];
    if (kind === undefined && at < text.length) this.#doubt();
    return at;
  }

  #number(): void {
    NUMBER.lastIndex = this.#at;
    const [found] = NUMBER.exec(this.#text) ?? [];
    if (found === undefined) this.#doubt();
    else this.#push(number, this.#at + found.length);
  }

  #punctuator(character: number): void {
    const { openBrace, closeBrace, openParen, closeParen, openBracket, closeBracket, dot } = Punctuator;
    if (character === 34 || character === 39) this.#string(character);
    else if (character === 96) this.#template(template, head);
    else if (character === openBrace || character === openParen || character === openBracket)
      this.#open(character, this.#at + 1);
    else if (character === closeParen || character === closeBracket) this.#close(character);
    else if (character === closeBrace) {
      const isTemplate = this.#opener !== -1 && (this.#types[this.#opener] ?? 0) >= head;
      if (isTemplate) this.#template(tail, middle);
      else this.#close(character);
    } else if (character === 47) this.#slash();
    else if (character === dot) this.#dot();
    else if (character === 35) this.#push(privateName, this.#wordEnd(this.#at));
    else if (character === 59 || character === 44 || character === 58) this.#push(character, this.#at + 1);
    else this.#operator(character);
  }

  #string(quote: number): void {
    const text = this.#text;
    for (let at = this.#at + 1; at < text.length; at++) {
      const character = text.charCodeAt(at);
      if (character === quote) {
        this.#push(string, at + 1);
        return;
      }
      if (character === 10 || character === 13) break;
      if (character === 92) at++;
    }
    this.#doubt();
  }

  /** From a backtick, or from the brace that ends a substitution. */
  #template(whole: number, opening: number): void {
    const text = this.#text;
    for (let at = this.#at + 1; at < text.length; at++) {
      const character = text.charCodeAt(at);
      if (character === 92) at++;
      else if (character === 96) {
        if (whole === tail) this.#leave();
        this.#push(whole, at + 1);
        return;
      } else if (character === 36 && text.charCodeAt(at + 1) === Punctuator.openBrace) {
        if (opening === middle) this.#leave();
        this.#open(opening, at + 2);
        return;
      }
    }
    this.#doubt();
  }

  #open(type: number, end: number): void {
    const opener = this.#types.length;
    this.#push(type, end);
    this.#opener = opener;
  }

  /** Ends a bracket with the next token, which is one of what is around it. */
  #leave(): void {
    this.#closers[this.#opener] = this.#types.length;
    this.#closed = this.#opener;
    this.#opener = this.#openers[this.#opener] ?? -1;
  }

  #close(character: number): void {
    const type = this.#types[this.#opener];
    const isPair = type !== undefined && (type === 40 ? character === 41 : character === type + 2);
    if (!isPair) return this.#doubt();
    this.#leave();
    this.#push(character, this.#at + 1);
  }

  #dot(): void {
    const text = this.#text;
    const next = text.charCodeAt(this.#at + 1);
    if (CLASSES[next] === DIGIT) this.#number();
    else if (next === Punctuator.dot) this.#push(TokenType.spread, this.#at + 3);
    else this.#push(Punctuator.dot, this.#at + 1);
  }

  #slash(): void {
    const text = this.#text;
    const next = text[this.#at + 1];
    if (next === '/' || next === '*') {
      const end = next === '/' ? text.indexOf('\n', this.#at) : text.indexOf('*/', this.#at + 2);
      if (end === -1 && next === '*') this.#doubt();
      this.#at = end === -1 ? text.length : next === '/' ? end : end + 2;
      return;
    }
    const divides = this.#isAfterOperand();
    if (divides === undefined) this.#doubt();
    else if (!divides) this.#regexp();
    else if (next === '=') this.#push(TokenType.compound, this.#at + 2);
    else this.#push(TokenType.operator, this.#at + 1);
  }

  #isAfterOperand(): boolean | undefined {
    const last = this.#types.length - 1;
    const type = this.#types[last];
    if (type === undefined) return false;
    if (type === name) {
      const word = this.#isProperty(last) ? '' : this.#word(last);
      return word === 'of' ? undefined : !BEFORE_OPERAND.has(word);
    }
    if (type === Punctuator.closeParen) return this.#isParenOperand();
    if (type === Punctuator.closeBrace || type === TokenType.increment) return undefined;
    return (
      type === Punctuator.closeBracket || type === tail || type === template || (type >= number && type <= privateName)
    );
  }

  /** Whether parentheses that have just been closed are an operand. */
  #isParenOperand(): boolean {
    const before = this.#closed - 1;
    return this.#types[before] !== name || this.#isProperty(before) || !BEFORE_STATEMENT.has(this.#word(before));
  }

  #isProperty(index: number): boolean {
    const before = this.#types[index - 1];
    return before === Punctuator.dot || before === TokenType.optional;
  }

  #word(index: number): string {
    return this.#text.slice(this.#starts[index], this.#ends[index]);
  }

  #regexp(): void {
    const text = this.#text;
    let isInClass = false;
    for (let at = this.#at + 1; at < text.length; at++) {
      const character = text[at];
      if (character === '\n') break;
      if (character === '\\') at++;
      else if (character === '[') isInClass = true;
      else if (character === ']') isInClass = false;
      else if (character === '/' && !isInClass) {
        this.#push(regexp, CLASSES[text.charCodeAt(at + 1)] === LETTER ? this.#wordEnd(at + 1) : at + 1);
        return;
      }
    }
    this.#doubt();
  }

  #operator(character: number): void {
    OPERATOR.lastIndex = this.#at;
    const [found] = OPERATOR.exec(this.#text) ?? [];
    if (found === undefined) return this.#doubt();
    const type = OPERATORS[found];
    const end = this.#at + found.length;
    if (type !== undefined) this.#push(type, end);
    else if (found.length === 1 && /[?=*]/.test(found)) this.#push(character, end);
    else this.#push(/^(?:[<>!=]=|[!=]==)$|[^=]$/.test(found) ? TokenType.operator : TokenType.compound, end);
  }
}

const OPERATORS: Readonly<Record<string, number | undefined>> = {
  '=>': TokenType.arrow,
  '?.': TokenType.optional,
  '++': TokenType.increment,
  '--': TokenType.increment,
};
const NUMBER = /0[xob][\da-f_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d[\d_]*)?n?/iy;
/** The longest first. `?.5` is a question and a number. */
const OPERATOR =
  />>>=?|\*\*=?|<<=?|>>=?|&&=?|\|\|=?|\?\?=?|===?|!==?|=>|\+\+|--|\?\.(?!\d)|[-+*%&|^<>]=|[-+*%&|^<>!~?=]/y;
