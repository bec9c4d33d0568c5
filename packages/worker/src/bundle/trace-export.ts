/**
 * Finds the module that defines an exported name, past files that only pass it on. Followed are ES modules in JavaScript
 * of packages that declare themselves free of side effects: there a module that is passed by need not be evaluated.
 */
import path from 'node:path';
import { exportTable, type ExportTable } from './export-table.ts';
import { quickExportTable, type QuickExportTable } from './quick-export-table.ts';
import type { ModuleResolver, ResolvedFile } from './resolve.ts';

export interface TracedExport {
  readonly resolved: ResolvedFile;
  /** The name in that module, or `*` for the module as a whole. */
  readonly name: string;
}

const EXPORTS = /^[ \t]*export\b|[;}]\s*export\b/m;

/**
 * How closely modules are read: only what can be told at a glance counts, modules of which nothing can be told so are read,
 * or all of them are.
 */
type Depth = 'glance' | 'unclear' | 'close';
const DEPTHS: readonly Depth[] = ['glance', 'unclear', 'close'];

interface Search {
  /** The names of modules that were looked at. */
  readonly seen: Set<string>;
  readonly depth: Depth;
}

export class ExportTracer {
  readonly #resolver: ModuleResolver;
  readonly #readText: (file: string) => string;
  readonly #traced = new Map<string, TracedExport | undefined>();
  readonly #quickTables = new Map<string, QuickExportTable | undefined>();
  readonly #tables = new Map<string, ExportTable | undefined>();
  readonly #sources = new Map<string, string | undefined>();

  constructor(resolver: ModuleResolver, readText: (file: string) => string) {
    this.#resolver = resolver;
    this.#readText = readText;
  }

  /** Undefined when the name is not found, or the way leads through something that cannot be passed by. */
  trace(from: ResolvedFile, name: string): TracedExport | undefined {
    const key = `${from.file}\n${name}`;
    if (!this.#traced.has(key)) this.#traced.set(key, this.#trace(from, name, { seen: new Set(), depth: 'close' }));
    return this.#traced.get(key);
  }

  #trace(from: ResolvedFile, name: string, search: Search): TracedExport | undefined {
    const key = `${from.file}\n${name}`;
    if (search.seen.has(key)) return undefined;
    search.seen.add(key);
    // The module as a whole: what it exports need not be known.
    if (name === '*') return this.#sourceOf(from) === undefined ? undefined : { resolved: from, name };
    const table = this.#tableOf(from, name, search.depth);
    if (table === undefined) return undefined;
    const source = table.names.get(name);
    if (source?.kind === 'own') return { resolved: from, name };
    if (source !== undefined) return this.#follow(from, source, search);
    return name === 'default' ? undefined : this.#throughStars(from, { name, stars: table.stars }, search);
  }

  /** Looks everywhere at a glance before it reads any of the modules closely. */
  #throughStars(
    from: ResolvedFile,
    { name, stars }: { name: string; stars: readonly string[] },
    search: Search,
  ): TracedExport | undefined {
    const specifiers = likelyFirst(stars, name);
    const before = search.depth === 'close' ? DEPTHS.slice(0, -1) : [];
    for (const each of [...before.map((depth): Search => ({ seen: new Set(), depth })), search]) {
      for (const specifier of specifiers) {
        const found = this.#follow(from, { specifier, name }, each);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  #follow(
    from: ResolvedFile,
    { specifier, name }: { specifier: string; name: string },
    search: Search,
  ): TracedExport | undefined {
    const resolution = this.#resolver.resolve(from.file, specifier, 'import');
    return resolution.kind === 'file' ? this.#trace(resolution.resolved, name, search) : undefined;
  }

  /** What a module exports: all of it, or as much as is needed to tell where `name` comes from. */
  #tableOf(module: ResolvedFile, name: string, depth: Depth): ExportTable | undefined {
    const { file } = module;
    if (this.#tables.has(file)) return this.#tables.get(file);
    const source = this.#sourceOf(module);
    if (source === undefined) return undefined;
    if (!this.#quickTables.has(file)) this.#quickTables.set(file, quickExportTable(source));
    const quick = this.#quickTables.get(file);
    if (quick !== undefined && (depth !== 'close' || quick.isComplete || quick.names.has(name))) return quick;
    if (depth === 'glance') return undefined;
    const table = exportTable(source);
    const isModule = table !== undefined && (table.names.size > 0 || table.stars.length > 0);
    this.#tables.set(file, isModule ? table : undefined);
    return isModule ? table : undefined;
  }

  /** The text of a module that can be passed by. */
  #sourceOf({ file, sideEffectFree }: ResolvedFile): string | undefined {
    if (!sideEffectFree || !/\.m?js$/.test(file)) return undefined;
    if (!this.#sources.has(file)) {
      const source = this.#readText(file);
      this.#sources.set(file, EXPORTS.test(source) ? source : undefined);
    }
    return this.#sources.get(file);
  }
}

/** The file that has the name of what is looked for comes first: it nearly always is the one. */
function likelyFirst(specifiers: readonly string[], name: string): readonly string[] {
  const likely = specifiers.filter((specifier) => path.basename(specifier).replace(/\.m?js$/, '') === name);
  return likely.length === 0
    ? specifiers
    : [...likely, ...specifiers.filter((specifier) => !likely.includes(specifier))];
}
