import type * as Acorn from 'acorn';
import { late } from './late.ts';

const acorn = late<typeof Acorn>('acorn');

/** A node of the syntax tree, known only as far as the passes need it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const SCRIPT = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  preserveParens: true,
  allowReturnOutsideFunction: true,
  allowHashBang: true,
} as const;

const MODULE = {
  ecmaVersion: 'latest',
  sourceType: 'module',
  preserveParens: true,
  allowHashBang: true,
} as const;

export function parseScript(code: string): SyntaxNode {
  return acorn().parse(code, SCRIPT) as unknown as SyntaxNode;
}

/** Whether that is what is wrong with code that is no script. */
export function hasTopLevelAwait(code: string): boolean {
  try {
    acorn().parse(code, { ...SCRIPT, allowAwaitOutsideFunction: true });
    return true;
  } catch {
    return false;
  }
}

export function parseModule(code: string): SyntaxNode {
  return acorn().parse(code, MODULE) as unknown as SyntaxNode;
}

/** The expression that begins at `start`, with its place in the whole; undefined where there is none that stands by itself. */
export function parseExpression(code: string, start: number): SyntaxNode | undefined {
  try {
    return acorn().parseExpressionAt(code, start, MODULE) as unknown as SyntaxNode;
  } catch {
    return undefined;
  }
}

/** The line from 1, the column from 0. */
export function positionAt(code: string, offset: number): { line: number; column: number } {
  return acorn().getLineInfo(code, offset);
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

/** The node under `key`, if there is one. */
export function child(node: SyntaxNode, key: string): SyntaxNode | undefined {
  const value = node[key];
  return isNode(value) ? value : undefined;
}

/** The nodes under `key`, holes and absent ones left out. */
export function children(node: SyntaxNode, key: string): SyntaxNode[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** Calls `visit` on each direct child, in the order of the text. */
export function eachChild(node: SyntaxNode, visit: (child: SyntaxNode) => void): void {
  for (const key in node) {
    const value = node[key];
    if (Array.isArray(value)) {
      for (const element of value) if (isNode(element)) visit(element);
    } else if (isNode(value)) visit(value);
  }
}

export function identifierName(node: SyntaxNode | undefined): string | undefined {
  return node?.type === 'Identifier' ? String(node['name']) : undefined;
}

/** The value of a string literal. */
export function stringValue(node: SyntaxNode | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined;
}
