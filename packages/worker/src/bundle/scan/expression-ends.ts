/** Where expressions end, told by tokens. Undefined where a line break may have ended a statement, or for what is not known. */
import { Punctuator, textOf, TokenType, type Tokens } from './tokens.ts';

const {
  openBrace,
  closeBrace,
  openParen,
  closeParen,
  openBracket,
  closeBracket,
  semicolon,
  comma,
  colon,
  question,
  dot,
} = Punctuator;
const { arrow, increment, operator, optional, name, number, template, head, middle, tail, privateName } = TokenType;

const PREFIXES = new Set(['typeof', 'void', 'delete', 'await', 'new']);
const NO_OPERANDS = new Set([...PREFIXES, 'function', 'return', 'yield', 'in', 'instanceof', 'of', 'extends', 'case']);
const OWN_ENDS = new Set(['function', 'class', 'async', 'import', 'yield']);

/** The last token of the operand of an `await`. */
export function unaryEnd(tokens: Tokens, from: number): number | undefined {
  const { types } = tokens;
  let at = from;
  while (types[at] === operator || (types[at] === name && PREFIXES.has(textOf(tokens, at)))) at++;
  const type = types[at] ?? 0;
  if (type === name ? OWN_ENDS.has(textOf(tokens, at)) : !beginsOperand(type)) return undefined;
  let last = groupEnd(tokens, at);
  for (;;) {
    const next = types[last + 1];
    if (next === increment) return undefined;
    if (next === dot) last += 2;
    else if (next === optional) last = groupEnd(tokens, last + 2);
    else if (next === openParen || next === openBracket || next === template || next === head)
      last = groupEnd(tokens, last + 1);
    else return last;
  }
}

function beginsOperand(type: number): boolean {
  return (
    (type >= number && type <= template && type !== privateName) ||
    type === head ||
    type === openParen ||
    type === openBracket ||
    type === openBrace
  );
}

/** The end of a bracket or template that begins here, or the token itself. */
function groupEnd({ types, closers }: Tokens, from: number): number {
  let at = from;
  while (types[at] === head || types[at] === middle) at = closers[at] ?? at;
  return types[at] === tail ? at : closers[at] || at;
}

/** The last token of an expression: a whole one, or an item of a list. */
export function expressionEnd(tokens: Tokens, from: number, { isItem }: { isItem: boolean }): number | undefined {
  const { types } = tokens;
  let questions = 0;
  let at = from;
  for (; at < types.length; at++) {
    const type = types[at] ?? 0;
    if (type === semicolon || isClosing(type) || (isItem && type === comma)) break;
    if (type === question) questions++;
    if (type === colon && questions-- === 0) break;
    if (at > from && !goesOn(tokens, at)) return undefined;
    at = groupEnd(tokens, at);
  }
  return at > from ? at - 1 : undefined;
}

function isClosing(type: number): boolean {
  return type === closeParen || type === closeBracket || type === closeBrace || type === middle || type === tail;
}

/** Whether a token beyond doubt belongs to the expression before it: two operands in a row are two statements. */
function goesOn(tokens: Tokens, at: number): boolean {
  const { types } = tokens;
  const type = types[at] ?? 0;
  if (type === increment) return false;
  const before = types[at - 1] ?? 0;
  if (type === openBrace && (before === closeParen || before === arrow)) return true;
  const isOperand =
    type === openBrace ||
    (type === name && !/^(?:in|instanceof)$/.test(textOf(tokens, at))) ||
    (type >= number && type < template);
  return !isOperand || !endsOperand(tokens, at - 1);
}

function endsOperand(tokens: Tokens, at: number): boolean {
  const type = tokens.types[at] ?? 0;
  if (type === name) return tokens.types[at - 1] === dot || !NO_OPERANDS.has(textOf(tokens, at));
  return (
    (type >= number && type <= template) ||
    type === tail ||
    type === increment ||
    type === closeParen ||
    type === closeBracket ||
    type === closeBrace
  );
}
