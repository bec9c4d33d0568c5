/**
 * Where a module refers to names of its own top level, told by the tokens around each name. Gives the same as the syntax
 * tree, or undefined where it cannot be told: when a name may be declared again by something inside, above all.
 */
import type { Reference } from '../module-references.ts';
import { expressionEnd } from './expression-ends.ts';
import { Punctuator, textOf, TokenType, type Tokens } from './tokens.ts';

const { openBrace, closeBrace, openParen, closeParen, openBracket, semicolon, comma, colon, question, dot, assign } =
  Punctuator;
const { arrow, optional, spread, increment, operator, compound, name, privateName, template, head, middle } = TokenType;

/** A name in a list of imports or exports, or where it is declared, is no reference. */
export type IsPassedBy = (token: number) => boolean;

/** Where a name is declared again: within these tokens it means that. */
interface Hidden {
  readonly from: number;
  readonly to: number;
}

/** Undefined stands for a doubt, `none` for a name that means something else. */
type Verdict = Reference | Hidden | 'none' | undefined;

const DECLARING = new Set('let const var function class import export break continue get set static async'.split(' '));
/** Keywords that an expression follows. */
const BEFORE_EXPRESSION = new Set(
  'return typeof case in of instanceof new delete void throw else do yield await default extends'.split(' '),
);
const BEFORE_BLOCK = new Set(['if', 'while', 'for', 'switch']);

export function tokenReferences(
  tokens: Tokens,
  names: ReadonlySet<string>,
  isPassedBy: IsPassedBy,
): Reference[] | undefined {
  const references: Reference[] = [];
  const hidden: (Hidden & { name: string })[] = [];
  const { types, starts } = tokens;
  if (names.size === 0) return references;
  for (let token = 0; token < types.length; token++) {
    if (types[token] !== name || !names.has(textOf(tokens, token)) || isPassedBy(token)) continue;
    const verdict = verdictOf(tokens, token);
    if (verdict === undefined) return undefined;
    if (verdict === 'none') continue;
    if ('form' in verdict) references.push(verdict);
    else hidden.push({ ...verdict, name: textOf(tokens, token) });
  }
  if (hidden.length === 0) return references;
  return references.filter(
    ({ name: text, start }) =>
      !hidden.some(
        ({ name: other, from, to }) =>
          other === text && start >= (starts[from] ?? 0) && start < (starts[to] ?? Infinity),
      ),
  );
}

function verdictOf(tokens: Tokens, token: number): Verdict {
  const { types } = tokens;
  const before = types[token - 1];
  const after = types[token + 1];
  if (before === dot || before === optional) return 'none';
  if (isMethod(tokens, token)) return 'none';
  const hidden = hiddenFrom(tokens, token);
  if (hidden !== undefined) return hidden;
  if (before === increment || isDeclared(tokens, token)) return undefined;
  const isListed = before === openBrace || before === comma;
  if (after === colon && isListed) return isInCase(tokens, token) ? undefined : 'none';
  if ((after === comma || after === closeBrace) && isListed && isInBrace(tokens, token))
    return shorthand(tokens, token);
  if (after === arrow || after === assign || after === compound || after === increment) return undefined;
  return used(tokens, token);
}

function isDeclared(tokens: Tokens, token: number): boolean {
  const isGenerator = tokens.types[token - 1] === Punctuator.star;
  return isGenerator ? keywordAt(tokens, token - 2) === 'function' : DECLARING.has(keywordAt(tokens, token - 1));
}

/** The name that a token is, unless it is that of a property. */
function keywordAt(tokens: Tokens, token: number): string {
  const { types } = tokens;
  const before = types[token - 1];
  return types[token] !== name || before === dot || before === optional ? '' : textOf(tokens, token);
}

/** The block or function of which the token declares a constant, a variable or a parameter. */
function hiddenFrom(tokens: Tokens, token: number): Hidden | undefined {
  const { types, openers, closers } = tokens;
  const after = types[token + 1];
  const opener = openers[token] ?? -1;
  if (after === arrow) return bodyFrom(tokens, token, token + 2);
  if (/^(?:const|let)$/.test(keywordAt(tokens, token - 1))) {
    const isSimple = after === assign || after === semicolon || after === comma;
    return isSimple && types[opener] === openBrace ? { from: opener, to: closers[opener] ?? opener } : undefined;
  }
  const before = types[token - 1];
  const isItem = (before === openParen || before === comma) && (after === closeParen || after === comma);
  if (!isItem || types[opener] !== openParen) return undefined;
  const closer = closers[opener] ?? opener;
  if (types[closer + 1] === arrow) return bodyFrom(tokens, opener, closer + 2);
  return isFunctionHead(tokens, opener) ? bodyFrom(tokens, opener, closer + 1) : undefined;
}

function bodyFrom(tokens: Tokens, from: number, body: number): Hidden | undefined {
  const { types, closers } = tokens;
  if (types[body] === openBrace) return { from, to: closers[body] ?? body };
  const last = types[body - 1] === arrow ? expressionEnd(tokens, body, { isItem: true }) : undefined;
  return last === undefined ? undefined : { from, to: last + 1 };
}

/** `name(...) {` on one line, or `function (...) {`: parameters beyond doubt. */
function isFunctionHead(tokens: Tokens, opener: number): boolean {
  const { types } = tokens;
  const keyword = keywordAt(tokens, opener - 1);
  if (keyword === 'function' || keyword === 'catch' || keywordAt(tokens, opener - 2) === 'function') return true;
  if (types[opener - 1] !== name || BEFORE_BLOCK.has(keyword) || !opensBodyOnLine(tokens, opener)) return false;
  return types[opener - 2] !== dot && keywordAt(tokens, opener - 2) !== 'extends';
}

function opensBodyOnLine({ code, types, starts, ends, closers }: Tokens, opener: number): boolean {
  const closer = closers[opener] ?? opener;
  return types[closer + 1] === openBrace && !code.slice(ends[closer], starts[closer + 1]).includes('\n');
}

/** `name() {` on one line, in a class or an object. */
function isMethod(tokens: Tokens, token: number): boolean {
  const { types } = tokens;
  if (types[token + 1] !== openParen || !isInBrace(tokens, token) || !opensBodyOnLine(tokens, token + 1)) return false;
  const before = types[token - 1];
  if (before === name) return /^(?:get|set|static|async)$/.test(keywordAt(tokens, token - 1));
  return before === openBrace || before === closeBrace || before === comma || before === semicolon;
}

function isInBrace({ types, openers }: Tokens, token: number): boolean {
  const opener = openers[token] ?? -1;
  return opener !== -1 && types[opener] === openBrace;
}

/** `case a, name:` */
function isInCase(tokens: Tokens, token: number): boolean {
  const { types } = tokens;
  if (types[token - 1] !== comma) return false;
  for (let at = token - 1; at >= 0 && types[at] !== semicolon && types[at] !== openBrace; at--) {
    if (types[at] === name && textOf(tokens, at) === 'case') return true;
  }
  return false;
}

/** `{ name }`, if that is an object. */
function shorthand(tokens: Tokens, token: number): Verdict {
  const opener = tokens.openers[token] ?? -1;
  if (!opensObject(tokens, opener) || isInPattern(tokens, token)) return undefined;
  return referenceOf(tokens, token, { form: 'shorthand', members: [] });
}

/** Whether what is before a brace lets only an object (or a pattern) follow. */
function opensObject(tokens: Tokens, opener: number): boolean {
  const { types } = tokens;
  const before = types[opener - 1];
  if (before === name) return /^(?:return|default|yield|in|of|typeof)$/.test(keywordAt(tokens, opener - 1));
  if (before === colon) return beginsAsObject(tokens, opener + 1);
  return (
    before === openParen ||
    before === openBracket ||
    before === comma ||
    before === assign ||
    before === question ||
    before === operator ||
    before === spread
  );
}

/** After a colon there may also be a block, with a label or in a `case`. */
function beginsAsObject({ types }: Tokens, first: number): boolean {
  const second = types[first + 1];
  return types[first] === name && (second === colon || second === comma || second === closeBrace);
}

/** A name with the properties that are read of it, where an expression may be. */
function used(tokens: Tokens, token: number): Verdict {
  const { types } = tokens;
  const members: Reference['members'][number][] = [];
  let last = token;
  while (types[last + 1] === dot) {
    if (types[last + 2] !== name) return undefined;
    last += 2;
    members.push({ name: textOf(tokens, last), end: tokens.ends[last] ?? 0 });
  }
  if (!isExpression(tokens, token, last) || isInPattern(tokens, token)) return undefined;
  const after = types[last + 1];
  const before = keywordAt(tokens, token - 1);
  const isAssigned = after === assign || after === compound || after === increment || before === 'delete';
  if (isAssigned) return referenceOf(tokens, token, { form: 'plain', members: members.slice(0, -1) });
  if (before === 'new') return referenceOf(tokens, token, { form: 'new', members });
  const isCalled =
    after === openParen ||
    after === template ||
    after === head ||
    (after === optional && types[last + 2] === openParen);
  return referenceOf(tokens, token, { form: isCalled ? 'called' : 'plain', members });
}

/** Whether the tokens from `token` to `last` can only be part of an expression, and a whole one but for what follows. */
function isExpression(tokens: Tokens, token: number, last: number): boolean {
  const { types } = tokens;
  const before = types[token - 1];
  const after = types[last + 1];
  if (after === undefined || after === privateName || after === arrow) return false;
  // `(name)(...)` calls the name.
  if (before === openParen && after === closeParen && isCall(types[last + 2])) return false;
  if (after === openBrace) return keywordAt(tokens, token - 1) === 'extends';
  if (after === name && textOf(tokens, last + 1) === 'of') return false;
  if (before === openParen && after === name) return textOf(tokens, last + 1) !== 'in';
  if (after === openParen && mayBeMethod(tokens, token, last)) return false;
  return followsOperator(tokens, token) || token !== last || isCall(after);
}

const isCall = (type: number | undefined): boolean => type === openParen || type === template || type === head;

function mayBeMethod({ types, openers, closers }: Tokens, token: number, last: number): boolean {
  const opener = openers[token] ?? -1;
  if (token !== last || (opener !== -1 && types[opener] !== openBrace)) return false;
  return types[(closers[last + 1] ?? 0) + 1] === openBrace;
}

/** Whether an expression must begin here: a declaration, or a field of a class, cannot. */
function followsOperator(tokens: Tokens, token: number): boolean {
  const { types, openers } = tokens;
  const before = types[token - 1];
  if (before === name) return BEFORE_EXPRESSION.has(keywordAt(tokens, token - 1));
  if (before === comma) {
    const opener = openers[token] ?? -1;
    if (opener === -1) return false;
    return types[opener] === openBrace ? opensObject(tokens, opener) : keywordAt(tokens, opener - 1) !== 'for';
  }
  return (
    before === openParen ||
    before === openBracket ||
    before === assign ||
    before === compound ||
    before === colon ||
    before === question ||
    before === operator ||
    before === Punctuator.star ||
    before === arrow ||
    before === spread ||
    before === head ||
    before === middle
  );
}

/** Whether the brackets around a name may be a list of parameters, or a pattern that declares or assigns. */
function isInPattern(tokens: Tokens, token: number): boolean {
  const { types, openers, closers } = tokens;
  for (let opener = openers[token] ?? -1; opener !== -1; opener = openers[opener] ?? -1) {
    const type = types[opener];
    const next = (closers[opener] ?? 0) + 1;
    const after = types[next];
    if (type === head || type === middle) return false;
    if (type === openParen) return isParameters(tokens, opener, after);
    const before = types[opener - 1];
    if (type === openBracket && isOperand(tokens, opener - 1)) return false;
    // A body or a block.
    if (type === openBrace && (before === closeParen || before === arrow)) return false;
    if (after === assign) return true;
    if (after === name && /^(?:of|in)$/.test(textOf(tokens, next))) return true;
  }
  return false;
}

/** Whether a bracket that follows reads a property. */
function isOperand(tokens: Tokens, token: number): boolean {
  const { types } = tokens;
  const type = types[token];
  if (type !== name) return type === closeParen || type === Punctuator.closeBracket;
  const word = keywordAt(tokens, token);
  return !DECLARING.has(word) && !BEFORE_EXPRESSION.has(word);
}

function isParameters(tokens: Tokens, opener: number, after: number | undefined): boolean {
  if (after === arrow) return true;
  if (after !== openBrace) return false;
  return !BEFORE_BLOCK.has(keywordAt(tokens, opener - 1)) || mayHoldMethods(tokens, tokens.openers[opener] ?? -1);
}

/** Whether a brace may be that of an object or a class, where `if (name) {` would be a method. */
function mayHoldMethods(tokens: Tokens, opener: number): boolean {
  const { types, closers } = tokens;
  if (opener === -1 || types[opener] !== openBrace) return false;
  let at = opener - 1;
  if (types[at] === name) return !/^(?:else|do|try|finally|static)$/.test(keywordAt(tokens, at));
  if (types[at] !== closeParen) return opensObject(tokens, opener);
  // `class A extends b.c(d) {`
  while (at > 0 && closers[at] !== opener - 1) at--;
  do at--;
  while (types[at] === dot || (types[at] === name && types[at - 1] === dot));
  return keywordAt(tokens, at - 1) === 'extends';
}

function referenceOf(
  { code, starts, ends }: Tokens,
  token: number,
  { form, members }: Pick<Reference, 'form' | 'members'>,
): Reference {
  const start = starts[token] ?? 0;
  const end = ends[token] ?? 0;
  return { name: code.slice(start, end), start, end, members, form };
}
