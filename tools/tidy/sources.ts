import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import type { Node } from './node.ts';

export interface Import {
  specifier: string;
  /** Nothing of it is left at run time. */
  typeOnly: boolean;
  line: number;
}

export interface Source {
  /** From the root of the repository, with forward slashes. */
  path: string;
  text: string;
  lines: number;
  program: Node;
  imports: Import[];
  exportsAll: number[];
  isTest: boolean;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const searched = [
  'packages/*/{src,scripts}/**/*.ts',
  'examples/*/**/*.ts',
  'test/**/*.ts',
  'tools/**/*.ts',
  'bench/**/*.{ts,js}',
];
const notOurs = /(^|\/)(node_modules|dist|generated|golden|projects|\.reprise|published-sdk\/src)\//;

/** Every source file of the repository that people write. */
export function readSources(): Source[] {
  return globSync(searched, { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !notOurs.test(path))
    .sort()
    .map((path) => parseSource(path, readFileSync(`${root}/${path}`, 'utf8')));
}

export function parseSource(path: string, text: string): Source {
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  return {
    path,
    text,
    lines: text.split('\n').length - 1,
    program: program as unknown as Node,
    imports: [
      ...module.staticImports.map(({ moduleRequest, entries, start }) => ({
        specifier: moduleRequest.value,
        typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
        line: lineAt(text, start),
      })),
      ...module.staticExports.flatMap(({ entries, start }) => importsOfExport(entries, lineAt(text, start))),
      ...dynamicImports(text, module.dynamicImports),
    ],
    exportsAll: module.staticExports.flatMap(({ entries }) =>
      entries.filter(({ importName }) => importName.kind === 'AllButDefault').map(({ start }) => lineAt(text, start)),
    ),
    isTest: /\.(test|suite)\.ts$/.test(path),
  };
}

type ExportEntry = ReturnType<typeof parseSync>['module']['staticExports'][number]['entries'][number];
type DynamicImport = ReturnType<typeof parseSync>['module']['dynamicImports'][number];

function importsOfExport(entries: ExportEntry[], line: number): Import[] {
  const specifier = entries.find(({ moduleRequest }) => moduleRequest)?.moduleRequest?.value;
  if (specifier === undefined) return [];
  return [{ specifier, typeOnly: entries.every(({ isType }) => isType), line }];
}

function dynamicImports(text: string, found: DynamicImport[]): Import[] {
  return found.flatMap(({ moduleRequest, start }) => {
    const literal = /^['"](.*)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1];
    return literal === undefined ? [] : [{ specifier: literal, typeOnly: false, line: lineAt(text, start) }];
  });
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
