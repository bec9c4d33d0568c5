/**
 * Names that modules set on the global object. In a context that runs share, each run has a global object of its own over a
 * frozen one, so a bare name would not find what was set: it is read from the global object of the run instead.
 */
import type { CompiledModule } from './compile-module.ts';
import type { Edit } from './edits.ts';
import { editOfReference } from './esm-shape.ts';
import type { GraphModule } from './module-graph.ts';
import { moduleReferences } from './module-references.ts';
import { parseModule, parseScript } from './syntax-tree.ts';

/** Libraries that add to a builtin object, of which each run has its own then. */
const ADDS_TO: Readonly<Record<string, string>> = { 'reflect-metadata': 'Reflect' };

const USES_METADATA = /\bReflect\s*\.\s*\w*[mM]etadata\b/;

/** The packages that have to be evaluated for each run, since they add to what each run has of its own, or use it. */
export function packagesOfRuns(modules: readonly GraphModule[]): Set<string> {
  const names = modules.flatMap(({ resolved }) => resolved.packageName ?? []);
  const adding = names.filter((name) => Object.hasOwn(ADDS_TO, name));
  if (adding.length === 0) return new Set();
  const using = modules.filter(({ compiled }) => USES_METADATA.test(compiled.code));
  return new Set([...adding, ...using.flatMap(({ resolved }) => resolved.packageName ?? [])]);
}

const NAMED = String.raw`\b(?:globalThis|self)\s*(?:\.\s*([\w$]+)|\[\s*["']([\w$]+)["']\s*\])`;
const SET = new RegExp(String.raw`${NAMED}\s*(?:\?\?|\|\||&&)?=(?![=>])`, 'g');
const DEFINED = /\bObject\.defineProperty\(\s*(?:globalThis|self)\s*,\s*["']([\w$]+)["']/g;
const ASSIGNED = /\bObject\.assign\(\s*(?:globalThis|self)\s*,\s*\{([^{}]*)\}/g;

export interface RunGlobals {
  /** Builtin objects of which each run gets a copy of its own. */
  readonly copied: readonly string[];
  /** By module id: what makes the module read its run's globals. */
  readonly edits: ReadonlyMap<number, readonly Edit[]>;
}

export function runGlobals(modules: readonly GraphModule[]): RunGlobals {
  const copied = new Set(modules.flatMap(({ resolved }) => ADDS_TO[resolved.packageName ?? ''] ?? []));
  const names = new Set([...copied, ...modules.flatMap(({ compiled }) => namesSet(compiled.code))]);
  const edits = new Map<number, readonly Edit[]>();
  if (names.size === 0) return { copied: [], edits };
  const mention = new RegExp(
    String.raw`(?<![\w$.])(?:${[...names].join('|').replaceAll('$', String.raw`\$`)})(?![\w$])`,
  );
  for (const { id, compiled } of modules) {
    if (mention.test(compiled.code)) edits.set(id, bareReads(compiled, names));
  }
  return { copied: [...copied], edits };
}

function namesSet(code: string): string[] {
  if (!code.includes('globalThis') && !code.includes('self')) return [];
  const named = [...code.matchAll(SET), ...code.matchAll(DEFINED)].flatMap(([, a, b]) => a ?? b ?? []);
  const listed = [...code.matchAll(ASSIGNED)].flatMap(([, list = '']) => list.match(/[\w$]+(?=\s*(?:[:,]|$))/g) ?? []);
  return [...named, ...listed];
}

function bareReads({ code, shape }: CompiledModule, names: ReadonlySet<string>): Edit[] {
  const { references, declared } = moduleReferences(shape === undefined ? parseScript(code) : parseModule(code), names);
  return references.flatMap((reference) =>
    declared.has(reference.name) ? [] : [editOfReference(reference, `globalThis.${reference.name}`)],
  );
}
