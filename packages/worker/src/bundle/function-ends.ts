/** Where the functions of a source return: their own statements, not those of functions inside them. */
import { compiler } from './native-parts.ts';

export interface TextPosition {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

export interface FunctionText {
  /** The name it is declared with, or of the variable that it is assigned to. */
  readonly name: string | undefined;
  readonly start: TextPosition;
  readonly end: TextPosition;
  /** In the order of the text. */
  readonly returns: readonly TextPosition[];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Arguments, list elements and bodies of methods are wrapped in objects without a type. */
interface Node {
  readonly type?: string;
  readonly span?: Span;
  readonly [key: string]: unknown;
}

interface Found {
  name: string | undefined;
  span: Span;
  returns: number[];
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'PrivateMethod',
  'MethodProperty',
  'Constructor',
]);

/** Every function of a TypeScript or JavaScript source; none when it cannot be parsed. */
export function functionsOf(text: string, file: string): FunctionText[] {
  const found: Found[] = [];
  let begin: number;
  try {
    // The compiler counts on from file to file, and leaves comments at the top out: a statement in front shows where it is.
    const { body } = compiler().parseSync(`0;${text}`, {
      syntax: 'typescript',
      tsx: /\.[jt]sx$/.test(file),
      decorators: true,
      target: 'esnext',
    }) as unknown as { body: Node[] };
    begin = (body[0]?.span?.start ?? 0) + 2;
    for (const node of body) visit(node, { inside: undefined, name: undefined, found });
  } catch {
    return [];
  }
  const positionOf = positions(Buffer.from(text), begin);
  return found.map(({ name, span, returns }) => ({
    name,
    start: positionOf(span.start),
    end: positionOf(span.end),
    returns: returns.map(positionOf),
  }));
}

interface Visit {
  readonly inside: Found | undefined;
  /** What a function that comes now would be called. */
  readonly name: string | undefined;
  readonly found: Found[];
}

function visit(node: Node, { inside, name, found }: Visit): void {
  let current = inside;
  if (FUNCTIONS.has(node.type ?? '') && node.span !== undefined) {
    current = { name: nameOf(node['identifier']) ?? nameOf(node['key']) ?? name, span: node.span, returns: [] };
    found.push(current);
  }
  if (node.type === 'ReturnStatement' && node.span !== undefined) current?.returns.push(node.span.start);
  const inner = node.type === 'VariableDeclarator' ? nameOf(node['id']) : undefined;
  for (const key in node) {
    if (key === 'span') continue;
    const value = node[key];
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit(child, { inside: current, name: inner, found });
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Identifier' ? String(node['value']) : undefined;
}

/** From offsets in bytes to lines and columns. */
function positions(bytes: Buffer, begin: number): (offset: number) => TextPosition {
  const starts = [0];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
  return (offset) => {
    const at = offset - begin;
    const index = starts.findLastIndex((start) => start <= at);
    const start = starts[Math.max(0, index)] ?? 0;
    return { line: Math.max(0, index) + 1, column: bytes.toString('utf8', start, at).length + 1 };
  };
}
