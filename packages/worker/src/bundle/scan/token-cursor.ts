/** A place among the tokens of a module, and the syntax nodes that can be made of what stands there. */
import type { SyntaxNode } from '../syntax-tree.ts';
import { Punctuator, textOf, TokenType, type Tokens } from './tokens.ts';

const { name, string } = TokenType;

export class TokenCursor {
  /** The next token. */
  at = 0;
  readonly #tokens: Tokens;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  text(token: number): string {
    return textOf(this.#tokens, token);
  }

  type(token: number): number | undefined {
    return this.#tokens.types[token];
  }

  is(token: number, word: string): boolean {
    return this.type(token) === name && this.text(token) === word;
  }

  node(type: string, first: number, parts: Readonly<Record<string, unknown>> = {}): SyntaxNode {
    const last = Math.max(first, this.at - 1);
    return { type, start: this.#tokens.starts[first] ?? 0, end: this.#tokens.ends[last] ?? 0, ...parts };
  }

  identifier(token: number): SyntaxNode {
    const { starts, ends } = this.#tokens;
    return { type: 'Identifier', start: starts[token] ?? 0, end: ends[token] ?? 0, name: this.text(token) };
  }

  /** `'x'`, if there is nothing in it that stands for something else. */
  literal(token: number): SyntaxNode | undefined {
    if (this.type(token) !== string) return undefined;
    const text = this.text(token);
    if (text.includes('\\')) return undefined;
    const { starts, ends } = this.#tokens;
    return { type: 'Literal', start: starts[token] ?? 0, end: ends[token] ?? 0, value: text.slice(1, -1) };
  }

  /** `from 'x';` or `'x';` */
  source(): SyntaxNode | undefined {
    if (this.is(this.at, 'from')) this.at++;
    const source = this.literal(this.at);
    if (source === undefined || this.is(this.at + 1, 'with')) return undefined;
    this.at++;
    this.end();
    return source;
  }

  end(): void {
    if (this.type(this.at) === Punctuator.semicolon) this.at++;
  }
}
