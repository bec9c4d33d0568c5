import { descendants, type Node } from '../node.ts';
import { lineAt, type Source } from '../sources.ts';

const fileLines = 350;
const functionLines = 70;
const classMembers = 20;
const parameters = 4;

/** No file, function or class grows past what a reader takes in at once. */
export function sizes(source: Source): string[] {
  const nodes = [...descendants(source.program)];
  const constructors = new Set(nodes.filter(({ kind }) => kind === 'constructor').map(({ value }) => value));
  return [
    ...fileSize(source),
    ...nodes.flatMap((node) => nodeSize(source, node)),
    ...nodes.filter((node) => !constructors.has(node)).flatMap((node) => parameterCount(source, node)),
  ];
}

/** The list of a package's names is as long as what it offers. */
const isBarrel = (path: string): boolean => /^packages\/[^/]+\/src\/index\.ts$/.test(path);

function fileSize({ path, lines }: Source): string[] {
  return lines > fileLines && !isBarrel(path) ? [`${path}: ${lines} lines, at most ${fileLines} (aim for 300)`] : [];
}

function nodeSize(source: Source, node: Node): string[] {
  if (isFunction(node)) return functionSize(source, node);
  if (node.type === 'ClassBody') return classSize(source, node);
  return [];
}

function isFunction(node: Node): boolean {
  return ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type);
}

function functionSize({ path, text, isTest }: Source, node: Node): string[] {
  const start = lineAt(text, node.start);
  const lines = lineAt(text, node.end) - start + 1;
  return lines > functionLines && !isTest
    ? [`${path}:${start}: a function of ${lines} lines, at most ${functionLines}`]
    : [];
}

/** Constructors are left out: those of the public failures take what users know. */
function parameterCount({ path, text }: Source, { params, start }: Node): string[] {
  const count = Array.isArray(params) ? params.length : 0;
  if (count <= parameters) return [];
  return [`${path}:${lineAt(text, start)}: ${count} parameters, at most ${parameters}; take an options object`];
}

/** What a class can do must stay small; fields are not counted. */
function classSize({ path, text }: Source, { start, body }: Node): string[] {
  const count = Array.isArray(body) ? body.filter(({ type }: Node) => type !== 'PropertyDefinition').length : 0;
  return count > classMembers
    ? [`${path}:${lineAt(text, start)}: a class of ${count} members, at most ${classMembers}`]
    : [];
}
