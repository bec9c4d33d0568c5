/**
 * The scope pass of a module that was read by its tokens. Writes the same as the one over syntax trees; an async function
 * of which the tokens leave a doubt is parsed by itself.
 */
import type { Edit } from '../edits.ts';
import { CAPTURE, RESCUE, RESTORE, scopePass } from '../scope-pass.ts';
import { parseExpression } from '../syntax-tree.ts';
import { asynchronousFunction, isBody, needsCompiler, type AsyncFunction } from './async-functions.ts';
import { expressionEnd, unaryEnd } from './expression-ends.ts';
import { Punctuator, textOf, TokenType, type Tokens } from './tokens.ts';

const { openBrace, openParen, closeParen, colon, comma, semicolon, closeBrace, dot } = Punctuator;
const { name, number, string, regexp, template, head, tail, optional, spread } = TokenType;

interface FunctionScope {
  readonly isAsync: boolean;
  /** Whether the part visited so far contains an `await`. */
  suspends: boolean;
}

/** Undefined for a module with something asynchronous that cannot be parsed by itself, or has to be compiled. */
export function scopeEdits(tokens: Tokens): Edit[] | undefined {
  const pass = new TokenScopePass(tokens);
  return pass.visit(0, tokens.types.length, { isAsync: false, suspends: false }) ? pass.edits : undefined;
}

class TokenScopePass {
  readonly edits: Edit[] = [];
  readonly #tokens: Tokens;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  /** The tokens from one to the one behind. False when there is a doubt. */
  visit(from: number, to: number, scope: FunctionScope): boolean {
    for (let at = from; at < to; at++) {
      const last = this.#part(at, scope);
      if (last === undefined) return false;
      at = last;
    }
    return true;
  }

  /** Gives the last token of what was dealt with. */
  #part(at: number, scope: FunctionScope): number | undefined {
    const { types } = this.#tokens;
    if (types[at] === openBrace && isBody(this.#tokens, at)) return this.#plainFunction(at);
    const before = types[at - 1];
    if (types[at] !== name || before === dot || before === optional) return at;
    const after = types[at + 1];
    switch (textOf(this.#tokens, at)) {
      case 'async':
        return this.#async(at);
      case 'await':
        return after === colon ? at : scope.isAsync ? this.#await(at, scope) : undefined;
      case 'return':
        return scope.isAsync ? this.#return(at, scope) : at;
      case 'new':
        return after === name && textOf(this.#tokens, at + 1) === 'Promise' ? this.#newPromise(at, scope) : at;
      case 'try':
        return after === openBrace ? this.#try(at + 1, scope) : at;
      default:
        return at;
    }
  }

  #plainFunction(body: number): number | undefined {
    const end = this.#tokens.closers[body] ?? body;
    return this.visit(body + 1, end, { isAsync: false, suspends: false }) ? end : undefined;
  }

  #async(at: number): number | undefined {
    const found = asynchronousFunction(this.#tokens, at);
    if (found === undefined) return at;
    if (found === 'unclear' || needsCompiler(this.#tokens, at, found.last)) return undefined;
    const before = this.edits.length;
    const last = this.#asyncFunction(at, found);
    if (last !== undefined) return last;
    this.edits.length = before;
    return this.#parsed(at, found);
  }

  #asyncFunction(at: number, { body, isArrow }: AsyncFunction): number | undefined {
    const { types, starts, ends, closers } = this.#tokens;
    const scope: FunctionScope = { isAsync: true, suspends: false };
    if (!this.visit(at + 1, body, scope)) return undefined;
    const isBlock = types[body] === openBrace;
    const last = isBlock ? closers[body] : expressionEnd(this.#tokens, body, { isItem: isArrow });
    // A directive stays in front.
    if (last === undefined || (isBlock && types[body + 1] === string)) return undefined;
    const opening: Edit = { at: (isBlock ? ends[body] : starts[body]) ?? 0, text: '' };
    this.edits.push(opening);
    if (!(isBlock ? this.visit(body + 1, last, scope) : this.#guarded(body, last, scope))) return undefined;
    if (!scope.suspends) return last;
    opening.text = isBlock ? CAPTURE : `{${CAPTURE}return `;
    if (!isBlock) this.#put(ends[last], '}');
    return last;
  }

  /** What the tokens do not tell of a function, its syntax tree does. */
  #parsed(at: number, { last, isMethod }: AsyncFunction): number | undefined {
    const { code, starts, ends } = this.#tokens;
    const start = starts[at] ?? 0;
    const opening = isMethod ? '({' : '';
    const text = isMethod ? `${opening}${code.slice(start, ends[last])}})` : code.slice(0, ends[last]);
    const tree = parseExpression(text, isMethod ? 0 : start);
    if (tree === undefined) return undefined;
    const moved = isMethod ? start - opening.length : 0;
    this.edits.push(...scopePass(tree).map((edit) => ({ ...edit, at: edit.at + moved })));
    if (isMethod) return last;
    let end = at;
    while ((ends[end + 1] ?? Infinity) <= tree.end) end++;
    return end;
  }

  #await(at: number, scope: FunctionScope): number | undefined {
    scope.suspends = true;
    const { starts, ends } = this.#tokens;
    const last = unaryEnd(this.#tokens, at + 1);
    if (last === undefined) return undefined;
    this.#put(starts[at], '__r(__s,');
    this.#put(starts[at + 1], '__w(');
    if (!this.visit(at + 1, last + 1, scope)) return undefined;
    this.#put(ends[last], ')');
    this.#put(ends[last], ')');
    return last;
  }

  #return(at: number, scope: FunctionScope): number | undefined {
    const { code, types, starts, ends } = this.#tokens;
    const next = types[at + 1];
    const isBare = next === semicolon || next === closeBrace;
    if (isBare || code.slice(ends[at], starts[at + 1]).includes('\n')) return at;
    const last = expressionEnd(this.#tokens, at + 1, { isItem: false });
    if (last === undefined || types[last + 1] === colon) return undefined;
    return this.#guarded(at + 1, last, scope) ? last : undefined;
  }

  /** A value that the promise of an async function is resolved with. */
  #guarded(from: number, last: number, scope: FunctionScope): boolean {
    const { starts, ends } = this.#tokens;
    const isPlain = this.#isPlain(from, last);
    if (!isPlain) this.#put(starts[from], '__w(');
    if (!this.visit(from, last + 1, scope)) return false;
    if (!isPlain) this.#put(ends[last], ')');
    return true;
  }

  #isPlain(from: number, last: number): boolean {
    const { types, closers } = this.#tokens;
    const type = types[from];
    const word = type === name ? textOf(this.#tokens, from) : '';
    if (word === 'await') return unaryEnd(this.#tokens, from + 1) === last;
    if (type === head) {
      let at = from;
      while (types[at] !== tail && closers[at] !== 0) at = closers[at] ?? 0;
      return at === last;
    }
    const isLiteral = type === number || type === string || type === regexp || type === template;
    return from === last && (isLiteral || /^(?:true|false|null)$/.test(word));
  }

  #newPromise(at: number, scope: FunctionScope): number | undefined {
    const { types, starts, ends, closers } = this.#tokens;
    const executor = at + 3;
    if (types[at + 2] !== openParen || closers[at + 2] === executor || types[executor] === spread) return at + 1;
    const last = expressionEnd(this.#tokens, executor, { isItem: true });
    if (last === undefined || (types[last + 1] !== comma && types[last + 1] !== closeParen)) return undefined;
    this.#put(starts[executor], '__p(');
    if (!this.visit(executor, last + 1, scope)) return undefined;
    this.#put(ends[last], ')');
    return last;
  }

  #try(block: number, scope: FunctionScope): number | undefined {
    const { starts, ends, closers } = this.#tokens;
    const suspendedBefore = scope.suspends;
    scope.suspends = false;
    let end = closers[block] ?? block;
    if (!this.visit(block + 1, end, scope)) return undefined;
    const hasHandler = this.#is(end + 1, 'catch');
    const blockEnd = ends[end];
    if (hasHandler) {
      const handled = this.#catch(end + 1, scope);
      if (handled === undefined) return undefined;
      end = handled;
    }
    if (this.#is(end + 1, 'finally')) {
      if (!hasHandler) this.#put(blockEnd, RESCUE);
      if (scope.suspends) this.#put((starts[end + 2] ?? 0) + 1, RESTORE);
      const last = closers[end + 2] ?? end;
      if (!this.visit(end + 3, last, scope)) return undefined;
      end = last;
    }
    scope.suspends ||= suspendedBefore;
    return end;
  }

  /** Puts the scope back if it may be lost, and tells which error was caught where it has a name. */
  #catch(handler: number, scope: FunctionScope): number | undefined {
    const { types, starts, closers } = this.#tokens;
    const hasParameter = types[handler + 1] === openParen;
    const body = hasParameter ? (closers[handler + 1] ?? 0) + 1 : handler + 1;
    if (hasParameter && !this.visit(handler + 2, body - 1, scope)) return undefined;
    const start = starts[body] ?? 0;
    if (!hasParameter) this.#put(start, '(__x)');
    const isName = types[handler + 2] === name && types[handler + 3] === closeParen;
    const error = !hasParameter ? '__x' : isName ? textOf(this.#tokens, handler + 2) : undefined;
    if (error !== undefined) this.#put(start + 1, `__t(${scope.suspends ? '__s' : '__c()'},${error});`);
    else if (scope.suspends) this.#put(start + 1, RESTORE);
    const last = closers[body] ?? body;
    return this.visit(body + 1, last, scope) ? last : undefined;
  }

  #is(token: number, word: string): boolean {
    return this.#tokens.types[token] === name && textOf(this.#tokens, token) === word;
  }

  #put(at: number | undefined, text: string): void {
    this.edits.push({ at: at ?? 0, text });
  }
}
