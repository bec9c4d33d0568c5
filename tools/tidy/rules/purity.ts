import { descendants, type Node } from '../node.ts';
import { lineAt, type Source } from '../sources.ts';

const deciders = /^packages\/(worker\/src\/machine|server-lite\/src\/execution)\//;
const bannedNames = new Set([
  'Promise',
  'Date',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'console',
  'performance',
  'process',
]);

/** Code that decides sees only its arguments: no clock, randomness, promise or machine. */
export function purity(source: Source): string[] {
  if (!deciders.test(source.path) || source.isTest) return [];
  const found = [...descendants(source.program)].flatMap((node) =>
    impurity(node).map((what) => report(source, node, what)),
  );
  const nodeImports = source.imports
    .filter(({ specifier }) => specifier.startsWith('node:'))
    .map(({ specifier, line }) => `${source.path}:${line}: ${specifier} in code that only decides`);
  return [...found, ...nodeImports];
}

function report({ path, text }: Source, { start }: Node, what: string): string {
  return `${path}:${lineAt(text, start)}: ${what} in code that only decides`;
}

function impurity(node: Node): string[] {
  if (node['async'] === true) return ['async'];
  if (node.type === 'AwaitExpression') return ['await'];
  if (node.type === 'MemberExpression') return isMathRandom(node) ? ['Math.random'] : bannedObject(node);
  if (node.type === 'NewExpression' || node.type === 'CallExpression') return bannedIdentifier(node['callee']);
  return [];
}

function bannedObject(node: Node): string[] {
  return bannedIdentifier(node['object']);
}

function bannedIdentifier(value: unknown): string[] {
  const { type, name } = (value ?? {}) as { type?: string; name?: string };
  return type === 'Identifier' && name !== undefined && bannedNames.has(name) ? [name] : [];
}

function isMathRandom({ object, property }: Node): boolean {
  return (object as { name?: string }).name === 'Math' && (property as { name?: string }).name === 'random';
}
