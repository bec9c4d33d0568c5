/**
 * Walks from the entries over every `require` that the compiled modules hold. Owns the list of modules of one bundle;
 * a module's number in it is its id in the linked script. Refuses what workflow code must not import, with the chain of
 * imports that leads there; every refusal of a walk is collected, so that one run tells all.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CompileCache } from './compile-cache.ts';
import { ModuleSyntaxError, type CompiledModule, type CompileOptions } from './compile-module.ts';
import { WorkflowBundleError } from './bundle-error.ts';
import { specialModule } from './forbidden-modules.ts';
import { aliasedName, providedName } from './provided-modules.ts';
import type { EsmRead, EsmShape } from './esm-shape.ts';
import type { RequireSite } from './require-sites.ts';
import type { ImportStyle, ModuleResolver, Resolution, ResolvedFile } from './resolve.ts';
import { ExportTracer, type TracedExport } from './trace-export.ts';
import type { External } from './webpack-config.ts';

/** Where a specifier leads. */
export type Dependency =
  | { kind: 'module'; id: number }
  /** What is read of the import, by pathKey, each from the module that defines it, evaluated at the first use. */
  | { kind: 'traced'; reads: ReadonlyMap<string, TracedRead> }
  | { kind: 'provided'; name: string }
  /** Evaluates to an empty object. */
  | { kind: 'ignored'; global?: string }
  /** Throws when evaluated: the code around it is prepared for that. */
  | { kind: 'absent'; specifier: string };

export interface TracedRead {
  readonly id: number;
  /** The name in that module, or `*` for the module as a whole. */
  readonly name: string;
  /** How much of the path led there. */
  readonly depth: number;
}

/** The name that is imported, or `*`, and the properties that are read of it. */
export function pathOf({ imported, members = [] }: Partial<EsmRead> & Pick<EsmRead, 'imported'>): string[] {
  return [imported, ...members.map(({ name }) => name)];
}

export const pathKey = (path: readonly string[]): string => path.join('\n');

export interface GraphModule {
  readonly id: number;
  readonly resolved: ResolvedFile;
  readonly source: string;
  readonly compiled: CompiledModule;
  readonly dependencies: ReadonlyMap<string, Dependency>;
}

export interface GraphOptions {
  resolver: ModuleResolver;
  cache: CompileCache;
  compile: (file: string) => CompileOptions;
  /** Also map `@temporalio/workflow` and `@temporalio/common` to ours. */
  mapTemporalScope: boolean;
  /** What stands for a module that is left out; undefined for one that is not. */
  leftOut: (specifier: string, folder: string) => External | undefined;
  /** Leave out what cannot be bundled instead of refusing it. */
  leavesOutTheRest: boolean;
  /** Whether a specifier is led elsewhere, even one that could not be used. */
  isReplaced: (specifier: string) => boolean;
  /** Changes the text of a module before it is compiled. */
  instrument?: ((text: string, file: string) => string) | undefined;
  /** For linking the runtime itself: the packages that are provided elsewhere are modules here. */
  bundlesOwnPackages?: boolean;
}

interface Pending {
  resolved: ResolvedFile;
  /** The module that asked first, by id. */
  importer: number | undefined;
}

const HERE = fileURLToPath(import.meta.url);

export class ModuleGraph {
  readonly modules: GraphModule[] = [];
  readonly #options: GraphOptions;
  readonly #tracer: ExportTracer;
  readonly #pending: Pending[] = [];
  readonly #texts = new Map<string, string>();
  readonly #ids = new Map<string, number>();
  readonly #refusals: { text: string; file: string; chain: readonly string[]; isForbidden: boolean }[] = [];

  constructor(options: GraphOptions) {
    this.#options = options;
    this.#tracer = new ExportTracer(options.resolver, (file) => this.#textOf(file));
  }

  /** Adds a file that is asked for by option; returns its id. */
  addEntry(file: string): number {
    return this.#add(this.#options.resolver.describe(file), undefined);
  }

  /** Follows all imports. Throws a WorkflowBundleError that lists everything that cannot be bundled. */
  walk(): void {
    for (let id = this.modules.length; id < this.#pending.length; id = this.modules.length) {
      const pending = this.#pending[id];
      if (pending !== undefined) this.modules.push(this.#load(id, pending.resolved));
    }
    const first = this.#refusals[0];
    if (first === undefined) return;
    const texts = this.#refusals.map(({ text }) => text);
    const forbidden = new Set(this.#refusals.flatMap(({ isForbidden, chain }) => (isForbidden ? [chain.at(-1)] : [])));
    if (forbidden.size > 0) texts.unshift(forbiddenText([...forbidden]));
    throw new WorkflowBundleError(texts.join('\n\n'), { file: first.file, importChain: first.chain });
  }

  /** The modules and all that they import. */
  closure(ids: readonly number[]): number[] {
    const reached = new Set(ids);
    for (const id of reached) {
      for (const dependency of this.modules[id]?.dependencies.values() ?? []) {
        if (dependency.kind === 'module') reached.add(dependency.id);
        else if (dependency.kind === 'traced') for (const read of dependency.reads.values()) reached.add(read.id);
      }
    }
    return [...reached];
  }

  /** The files from an entry to the module. */
  chainTo(id: number): string[] {
    const chain: string[] = [];
    for (let at: number | undefined = id; at !== undefined;) {
      const pending: Pending | undefined = this.#pending[at];
      if (pending === undefined) break;
      chain.unshift(pending.resolved.file);
      at = pending.importer;
    }
    return chain;
  }

  #add(resolved: ResolvedFile, importer: number | undefined): number {
    const known = this.#ids.get(resolved.file);
    if (known !== undefined) return known;
    const id = this.#pending.length;
    this.#ids.set(resolved.file, id);
    this.#pending.push({ resolved, importer });
    return id;
  }

  #load(id: number, resolved: ResolvedFile): GraphModule {
    const { file, packageType, sideEffectFree } = resolved;
    const source = this.#readSource(id, file);
    const text = this.#options.instrument?.(source, file) ?? source;
    let compiled: CompiledModule;
    try {
      compiled = this.#options.cache.compile({ file, text, packageType, sideEffectFree }, this.#options.compile(file));
    } catch (error) {
      if (!(error instanceof ModuleSyntaxError)) throw error;
      const chain = this.chainTo(id);
      const parts = [
        error.message,
        ...(error.frame === undefined ? [] : [error.frame]),
        ...(chain.length > 1 ? [chainText(chain)] : []),
      ];
      throw new WorkflowBundleError(parts.join('\n'), { file, importChain: chain, cause: error });
    }
    const dependencies = new Map<string, Dependency>();
    for (const site of sitesOf(compiled)) {
      if (!dependencies.has(site.specifier)) dependencies.set(site.specifier, this.#dependency(id, site, compiled));
    }
    return { id, resolved, source, compiled, dependencies };
  }

  #readSource(id: number, file: string): string {
    if (!/\.(?:[cm]?[jt]sx?|json)$/.test(file)) {
      const chain = this.chainTo(id);
      const message = `Workflow code can import TypeScript, JavaScript and JSON, not ${path.extname(file) || 'a file without extension'}: ${file}`;
      throw new WorkflowBundleError(`${message}\n${chainText(chain)}`, { file, importChain: chain });
    }
    return this.#textOf(file);
  }

  #textOf(file: string): string {
    const text = this.#texts.get(file) ?? readFileSync(file, 'utf8');
    this.#texts.set(file, text);
    return text;
  }

  #dependency(importer: number, site: Site, compiled: CompiledModule): Dependency {
    const { specifier } = site;
    const { leftOut, isReplaced, mapTemporalScope, leavesOutTheRest } = this.#options;
    const isOwn = this.#options.bundlesOwnPackages === true && specifier.startsWith('@reprise/');
    const provided = isOwn ? undefined : providedName(specifier, { mapTemporalScope });
    if (provided !== undefined) return { kind: 'provided', name: provided };
    const file = this.#pending[importer]?.resolved.file ?? '';
    const external = leftOut(specifier, path.dirname(file));
    if (external !== undefined) return { kind: 'ignored', ...external };
    const style = compiled.kind === 'commonjs' ? 'require' : 'import';
    const replaced = isReplaced(specifier);
    const special = replaced ? undefined : specialModule(specifier);
    const isResolved = replaced || !specifier.startsWith('node:');
    const resolution = isResolved ? this.#resolve(file, specifier, style) : undefined;
    if (resolution?.kind === 'ignored') return { kind: 'ignored' };
    if (special?.kind === 'provided') return { kind: 'provided', name: special.name };
    if (special !== undefined && leavesOutTheRest) return { kind: 'ignored' };
    if (special !== undefined)
      return this.#refuse(importer, site, {
        reason: 'cannot be used in workflow code',
        remedy: special.remedy,
        isForbidden: true,
      });
    if (resolution?.kind === 'file') {
      const aliased = replaced ? undefined : aliasedName(specifier, resolution.resolved.packageName);
      if (aliased !== undefined) return { kind: 'provided', name: aliased };
      return (
        this.#traced(importer, { specifier, compiled, target: resolution.resolved }) ?? {
          kind: 'module',
          id: this.#add(resolution.resolved, importer),
        }
      );
    }
    const remedy = `If it is needed outside of workflow code only, name it in ignoreModules. (${resolution?.reason ?? 'not found'})`;
    return this.#refuse(importer, site, { reason: `is not found from ${file}`, remedy });
  }

  /** What the other scope has and is not installed is ours: that of the project, or what is installed beside this package. */
  #resolve(file: string, specifier: string, style: ImportStyle): Resolution {
    const { mapTemporalScope, resolver } = this.#options;
    const resolution = resolver.resolve(file, specifier, style);
    const isOther = mapTemporalScope && specifier.startsWith('@temporalio/');
    if (!isOther || resolution.kind !== 'missing') return resolution;
    const ours = specifier.replace('@temporalio/', '@reprise/');
    const found = [file, HERE].map((importer) => resolver.resolve(importer, ours, style));
    return found.find(({ kind }) => kind === 'file') ?? resolution;
  }

  /** Leads each name that is read to the module that defines it, if that works for all of them. */
  #traced(
    importer: number,
    found: { specifier: string; compiled: CompiledModule; target: ResolvedFile },
  ): Dependency | undefined {
    const { specifier, compiled, target } = found;
    const { shape } = compiled;
    if (!target.sideEffectFree || shape === undefined || isNeededWhole(compiled, shape, specifier)) return undefined;
    const paths = [...shape.reads, ...shape.exports].flatMap((use) =>
      'specifier' in use && use.specifier === specifier ? [pathOf(use)] : [],
    );
    const traced = paths.map((path) => [path, this.#tracePath(target, path)] as const);
    const reads = traced.flatMap(([path, found]) => (found === undefined ? [] : [[path, found] as const]));
    if (reads.length < traced.length) return undefined;
    return {
      kind: 'traced',
      reads: new Map(
        reads.map(([path, { resolved, name, depth }]) => [
          pathKey(path),
          { id: this.#add(resolved, importer), name, depth },
        ]),
      ),
    };
  }

  /** As far as the path leads through modules, and not into values. */
  #tracePath(target: ResolvedFile, path: readonly string[]): (TracedExport & { depth: number }) | undefined {
    let found = this.#tracer.trace(target, path[0] ?? '*');
    if (found === undefined) return undefined;
    let depth = 1;
    for (; found.name === '*' && depth < path.length; depth++) {
      const next = this.#tracer.trace(found.resolved, path[depth] ?? '');
      if (next === undefined) break;
      found = next;
    }
    return { ...found, depth };
  }

  #refuse(
    importer: number,
    site: Site,
    { reason, remedy, isForbidden = false }: { reason: string; remedy: string; isForbidden?: boolean },
  ): Dependency {
    if (site.optional) return { kind: 'absent', specifier: site.specifier };
    const chain = [...this.chainTo(importer), site.specifier];
    const text = `Module '${site.specifier}' ${reason}.\n${chainText(chain)}\n${remedy}`;
    this.#refusals.push({ text, file: this.chainTo(importer).at(-1) ?? '', chain, isForbidden });
    return { kind: 'ignored' };
  }
}

function forbiddenText(specifiers: readonly (string | undefined)[]): string {
  const list = specifiers.map((specifier) => `  - '${specifier}'`).join('\n');
  return `Workflow code, or a library that it uses, is importing the following disallowed modules:\n${list}`;
}

type Site = Pick<RequireSite, 'specifier' | 'optional'>;

function sitesOf({ requires, shape }: CompiledModule): readonly Site[] {
  if (shape === undefined) return requires;
  const specifiers = [...shape.imports, ...shape.dynamicImports.map(({ specifier }) => specifier)];
  return [...specifiers.map((specifier) => ({ specifier, optional: false })), ...requires];
}

/** Whether an import is evaluated for what it does, or used in ways that cannot be led past its exports. */
function isNeededWhole(
  { requires }: CompiledModule,
  { bare, stars, dynamicImports }: EsmShape,
  specifier: string,
): boolean {
  return (
    bare.includes(specifier) ||
    stars.includes(specifier) ||
    [...dynamicImports, ...requires].some((site) => site.specifier === specifier)
  );
}

/** One line for each file, the importer above the imported. */
export function chainText(chain: readonly string[]): string {
  return chain
    .map((file, depth) => (depth === 0 ? `  ${file}` : `  ${'  '.repeat(depth - 1)}└ imports ${file}`))
    .join('\n');
}
