import type { Source } from '../sources.ts';
import { descendants, type Node } from '../node.ts';
import { lineAt } from '../sources.ts';

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|suite|config))?\.(ts|js)$/;
const namesOfPlaces = /^(utils?|helpers?|misc|internals?|types|commons?|shared)(\.(test|suite))?(\.ts)?$/;
const vagueSuffix = /(Manager|Impl|Base|Processor|Helper|Util)$/;
const prefixedInterface = /^I[A-Z][a-z]/;

/** Files and folders are named for the one thing that is in them; types for what they are. */
export function names(source: Source): string[] {
  return [...pathNames(source), ...[...descendants(source.program)].flatMap((node) => typeName(source, node))];
}

function pathNames({ path }: Source): string[] {
  const segments = path.split('/');
  const file = segments.at(-1) ?? '';
  const folders = segments.slice(path.startsWith('packages/') ? 2 : 1);
  const isBarrel = /^packages\/[^/]+\/src\/index\.ts$/.test(path);
  return [
    ...(kebabCase.test(file) ? [] : [`${path}: a file name is in kebab-case`]),
    ...folders
      .filter((name) => namesOfPlaces.test(name))
      .map((name) => `${path}: "${name}" says nothing about what is inside`),
    ...(file === 'index.ts' && !isBarrel ? [`${path}: only src/index.ts of a package is called index.ts`] : []),
  ];
}

function typeName({ path, text }: Source, node: Node): string[] {
  if (!/^(Class|TSInterface|TSTypeAlias)Declaration$/.test(node.type)) return [];
  const { name } = (node['id'] ?? {}) as { name?: string };
  if (name === undefined) return [];
  const bad = vagueSuffix.test(name) || (node.type === 'TSInterfaceDeclaration' && prefixedInterface.test(name));
  return bad ? [`${path}:${lineAt(text, node.start)}: "${name}": name it for what it is or how it works`] : [];
}
