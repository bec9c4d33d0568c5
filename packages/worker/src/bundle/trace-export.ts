/**
 * Finds the module that defines an exported name, past files that only pass it on. Followed are ES modules in JavaScript
 * of packages that declare themselves free of side effects: there a module that is passed by need not be evaluated.
 */
import { readFileSync } from 'node:fs';
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

export class ExportTracer {
  readonly #resolver: ModuleResolver;
  readonly #traced = new Map<string, TracedExport | undefined>();
  readonly #quickTables = new Map<string, QuickExportTable | undefined>();
  readonly #tables = new Map<string, ExportTable | undefined>();
  readonly #sources = new Map<string, string | undefined>();

  constructor(resolver: ModuleResolver) {
    this.#resolver = resolver;
  }

  /** Undefined when the name is not found, or the way leads through something that cannot be passed by. */
  trace(from: ResolvedFile, name: string): TracedExport | undefined {
    const key = `${from.file}\n${name}`;
    if (!this.#traced.has(key)) this.#traced.set(key, this.#trace(from, name, new Set()));
    return this.#traced.get(key);
  }

  #trace(from: ResolvedFile, name: string, seen: Set<string>): TracedExport | undefined {
    const key = `${from.file}\n${name}`;
    if (seen.has(key)) return undefined;
    seen.add(key);
    // The module as a whole: what it exports need not be known.
    if (name === '*') return this.#sourceOf(from) === undefined ? undefined : { resolved: from, name };
    const table = this.#tableOf(from, name);
    if (table === undefined) return undefined;
    const source = table.names.get(name);
    if (source?.kind === 'own') return { resolved: from, name };
    if (source !== undefined) return this.#follow(from, source, seen);
    if (name === 'default') return undefined;
    for (const specifier of likelyFirst(table.stars, name)) {
      const found = this.#follow(from, { specifier, name }, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #follow(
    from: ResolvedFile,
    { specifier, name }: { specifier: string; name: string },
    seen: Set<string>,
  ): TracedExport | undefined {
    const resolution = this.#resolver.resolve(from.file, specifier, 'import');
    return resolution.kind === 'file' ? this.#trace(resolution.resolved, name, seen) : undefined;
  }

  /** What a module exports: all of it, or as much as is needed to tell where `name` comes from. */
  #tableOf(module: ResolvedFile, name: string): ExportTable | undefined {
    const { file } = module;
    if (this.#tables.has(file)) return this.#tables.get(file);
    const source = this.#sourceOf(module);
    if (source === undefined) return undefined;
    if (!this.#quickTables.has(file)) this.#quickTables.set(file, quickExportTable(source));
    const quick = this.#quickTables.get(file);
    if (quick !== undefined && (quick.isComplete || quick.names.has(name))) return quick;
    const table = exportTable(source);
    const isModule = table !== undefined && (table.names.size > 0 || table.stars.length > 0);
    this.#tables.set(file, isModule ? table : undefined);
    return isModule ? table : undefined;
  }

  /** The text of a module that can be passed by. */
  #sourceOf({ file, sideEffectFree }: ResolvedFile): string | undefined {
    if (!sideEffectFree || !/\.m?js$/.test(file)) return undefined;
    if (!this.#sources.has(file)) {
      const source = readFileSync(file, 'utf8');
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
