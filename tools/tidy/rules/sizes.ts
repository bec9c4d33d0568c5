import { descendants, type Node } from '../node.ts';
import { lineAt, type Source } from '../sources.ts';

const fileLines = 350;
const functionLines = 70;
const classMembers = 20;
const parameters = 4;

/** No file, function or class grows past what a reader takes in at once. */
export function sizes(source: Source): string[] {
  return [...fileSize(source), ...[...descendants(source.program)].flatMap((node) => nodeSize(source, node))];
}

function fileSize({ path, lines }: Source): string[] {
  return lines > fileLines ? [`${path}: ${lines} lines, at most ${fileLines} (aim for 300)`] : [];
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
  const count = parameterCount(node);
  return [
    ...(lines > functionLines && !isTest
      ? [`${path}:${start}: a function of ${lines} lines, at most ${functionLines}`]
      : []),
    ...(count > parameters
      ? [`${path}:${start}: ${count} parameters, at most ${parameters}; take an options object`]
      : []),
  ];
}

function parameterCount({ params }: Node): number {
  return Array.isArray(params) ? params.length : 0;
}

function classSize({ path, text }: Source, { start, body }: Node): string[] {
  const count = Array.isArray(body) ? body.filter((member) => !isPrivateField(member)).length : 0;
  return count > classMembers
    ? [`${path}:${lineAt(text, start)}: a class of ${count} members, at most ${classMembers}`]
    : [];
}

/** State of its own is what a class is for; what it can do is what must stay small. */
function isPrivateField({ type, key }: Node): boolean {
  return type === 'PropertyDefinition' && (key as Node | undefined)?.type === 'PrivateIdentifier';
}
