/**
 * What the scope pass changes in a module that was read by its tokens. Where nothing is asynchronous it only tells the
 * runtime of errors that are caught; what is asynchronous is parsed by itself.
 */
import type { Edit } from '../edits.ts';
import { scopePass } from '../scope-pass.ts';
import { parseExpression } from '../syntax-tree.ts';
import { Punctuator, textOf, TokenType, type Tokens } from './tokens.ts';

const { openBrace, openParen, openBracket, closeParen, colon, comma, semicolon, dot, star } = Punctuator;
const { name, number, string, privateName, optional, arrow } = TokenType;

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

/** Undefined for a module with something asynchronous that cannot be parsed by itself, or has to be compiled. */
export function scopeEdits(tokens: Tokens): Edit[] | undefined {
  const { types } = tokens;
  const edits: Edit[] = [];
  for (let token = 0; token < types.length; token++) {
    if (types[token] !== name || types[token - 1] === dot || types[token - 1] === optional) continue;
    const word = textOf(tokens, token);
    const after = types[token + 1] ?? 0;
    if (word === 'await' && after !== colon) return undefined;
    if (word === 'try' && after === openBrace) edits.push(...editsOfTry(tokens, token + 1));
    const part = asynchronousPart(tokens, token, word);
    if (part === undefined) continue;
    if (part === 'unclear' || needsCompiler(tokens, token, part.last)) return undefined;
    const parsed = parsedPart(tokens, token, part);
    if (parsed === undefined) return undefined;
    edits.push(...parsed.edits);
    while ((tokens.ends[token + 1] ?? Infinity) <= parsed.end) token++;
  }
  return edits;
}

interface Part {
  readonly last: number;
  /** Only an object or a class may hold it. */
  readonly isMethod?: boolean;
}

/** An async function, or a new promise, that begins with `token`. */
function asynchronousPart(tokens: Tokens, token: number, word: string): Part | 'unclear' | undefined {
  const { types, closers } = tokens;
  const after = types[token + 1] ?? 0;
  const next = after === name ? textOf(tokens, token + 1) : '';
  if (word === 'new' && next === 'Promise') return { last: closers[token + 2] || token + 1 };
  if (word !== 'async' || !FUNCTION_BEGINNINGS.has(after)) return undefined;
  const isFunction = next === 'function';
  const parametersAt = isFunction && types[token + 2] !== openParen ? token + 3 : token + (after === openParen ? 1 : 2);
  const parametersEnd = types[token + 2] === arrow ? token + 1 : (closers[parametersAt] ?? 0);
  if (parametersEnd !== token + 1 && types[parametersAt] !== openParen) return 'unclear';
  const body = parametersEnd + 1;
  const isSimple = after === openParen || parametersEnd === token + 1;
  if (isSimple) return types[body] === arrow ? { last: bodyEnd(tokens, body + 1) } : 'unclear';
  const last = closers[body] ?? 0;
  if (types[body] !== openBrace) return 'unclear';
  return { last, isMethod: !isFunction };
}

/** Whether there is an async generator or a `for await` within. */
function needsCompiler(tokens: Tokens, from: number, to: number): boolean {
  const { types } = tokens;
  const isWord = (token: number, word: string): boolean => types[token] === name && textOf(tokens, token) === word;
  for (let at = from; at < to; at++) {
    if (isWord(at, 'for') && isWord(at + 1, 'await')) return true;
    const behind = isWord(at + 1, 'function') ? at + 2 : at + 1;
    if (types[behind] === star && isWord(at, 'async')) return true;
  }
  return false;
}

/** The changes of a part that is parsed by itself, and where its text ends. */
function parsedPart(
  { code, starts, ends }: Tokens,
  token: number,
  { last, isMethod = false }: Part,
): { edits: readonly Edit[]; end: number } | undefined {
  const start = starts[token] ?? 0;
  const end = ends[last] ?? 0;
  if (!isMethod) {
    const tree = parseExpression(code.slice(0, end), start);
    return tree && { edits: scopePass(tree), end: tree.end };
  }
  const opening = '({';
  const tree = parseExpression(`${opening}${code.slice(start, end)}})`, 0);
  return tree && { edits: scopePass(tree).map((edit) => ({ ...edit, at: edit.at + start - opening.length })), end };
}

/** Where an arrow function ends at the latest: its parser knows better when there is no semicolon. */
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

/** The same as the scope pass writes. */
function editsOfTry({ code, types, starts, ends, closers }: Tokens, block: number): Edit[] {
  const end = closers[block] ?? block;
  const handler = end + 1;
  if (code.slice(starts[handler], ends[handler]) !== 'catch')
    return [{ at: ends[end] ?? 0, text: 'catch(__x){__t(__c(),__x);throw __x}' }];
  if (types[handler + 1] === openBrace) {
    const at = starts[handler + 1] ?? 0;
    return [
      { at, text: '(__x)' },
      { at: at + 1, text: '__t(__c(),__x);' },
    ];
  }
  const isName = types[handler + 2] === name && types[handler + 3] === closeParen;
  const error = code.slice(starts[handler + 2], ends[handler + 2]);
  return isName ? [{ at: ends[handler + 4] ?? 0, text: `__t(__c(),${error});` }] : [];
}
