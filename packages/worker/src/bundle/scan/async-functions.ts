/** Where functions begin and end, told by tokens. */
import { Punctuator, textOf, TokenType, type Tokens } from './tokens.ts';

const { openBrace, openParen, openBracket, closeParen, comma, semicolon, dot, star } = Punctuator;
const { name, number, string, privateName, arrow, optional } = TokenType;

export interface AsyncFunction {
  /** Its block, or the expression that it gives. */
  readonly body: number;
  /** Where it ends at the latest: a parser knows better where an expression ends without a semicolon. */
  readonly last: number;
  readonly isArrow: boolean;
  /** Only an object or a class may hold it. */
  readonly isMethod: boolean;
}

/** What may follow where `async` begins a function. */
const FUNCTION_BEGINNINGS: ReadonlySet<number> = new Set([
  name,
  number,
  string,
  privateName,
  openParen,
  openBracket,
  star,
]);
/** What these stand before in parentheses is followed by a block. */
const BEFORE_BLOCK = new Set(['if', 'while', 'for', 'switch', 'catch', 'await']);

/** The function that begins with `async`; undefined for an `async` that is a name. */
export function asynchronousFunction(tokens: Tokens, token: number): AsyncFunction | 'unclear' | undefined {
  const { types, closers } = tokens;
  const after = types[token + 1] ?? 0;
  if (!FUNCTION_BEGINNINGS.has(after)) return undefined;
  const isFunction = after === name && textOf(tokens, token + 1) === 'function';
  const named = isFunction && types[token + 2] !== openParen ? token + 2 : token + 1;
  const parametersAt = after === openParen ? token + 1 : named + 1;
  const isSingle = types[token + 2] === arrow && after === name;
  const parametersEnd = isSingle ? token + 1 : (closers[parametersAt] ?? 0);
  if (!isSingle && types[parametersAt] !== openParen) return 'unclear';
  if (after === openParen || isSingle) {
    const body = parametersEnd + 2;
    if (types[body - 1] !== arrow) return 'unclear';
    return { body, last: bodyEnd(tokens, body), isArrow: true, isMethod: false };
  }
  const body = parametersEnd + 1;
  if (types[body] !== openBrace) return 'unclear';
  return { body, last: closers[body] ?? body, isArrow: false, isMethod: !isFunction };
}

function bodyEnd({ types, closers, openers }: Tokens, body: number): number {
  if (types[body] === openBrace) return closers[body] ?? body;
  const opener = openers[body];
  let at = body;
  for (; at < types.length; at++) {
    const closer = closers[at] ?? 0;
    if (closer !== 0) at = closer;
    else if (types[at] === comma || types[at] === semicolon || openers[at] !== opener) break;
  }
  return at - 1;
}

/** Whether a brace opens the body of a function, or of a class that extends what a call gives. */
export function isBody(tokens: Tokens, brace: number): boolean {
  const { types, closers } = tokens;
  if (types[brace - 1] === arrow) return true;
  if (types[brace - 1] !== closeParen) return false;
  let opener = brace - 1;
  while (opener > 0 && closers[opener] !== brace - 1) opener--;
  const before = types[opener - 2];
  const isProperty = before === dot || before === optional;
  return types[opener - 1] !== name || isProperty || !BEFORE_BLOCK.has(textOf(tokens, opener - 1));
}

/** Whether there is an async generator or a `for await` within. */
export function needsCompiler(tokens: Tokens, from: number, to: number): boolean {
  const { types } = tokens;
  const isWord = (token: number, word: string): boolean => types[token] === name && textOf(tokens, token) === word;
  for (let at = from; at < to; at++) {
    if (isWord(at, 'for') && isWord(at + 1, 'await')) return true;
    const behind = isWord(at + 1, 'function') ? at + 2 : at + 1;
    if (types[behind] === star && isWord(at, 'async')) return true;
  }
  return false;
}
