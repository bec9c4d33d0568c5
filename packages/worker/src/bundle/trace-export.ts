/**
 * Finds the module that defines an exported name, past files that only pass it on. Followed are ES modules in JavaScript
 * of packages that declare themselves free of side effects: there a module that is passed by need not be evaluated.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { exportTable, type ExportTable } from './export-table.ts';
import type { ModuleResolver, ResolvedFile } from './resolve.ts';

export interface TracedExport {
  readonly resolved: ResolvedFile;
  /** The name in that module, or `*` for the module as a whole. */
  readonly name: string;
}

export class ExportTracer {
  readonly #resolver: ModuleResolver;
  readonly #tables = new Map<string, ExportTable | undefined>();

  constructor(resolver: ModuleResolver) {
    this.#resolver = resolver;
  }

  /** Undefined when the name is not found, or the way leads through something that cannot be passed by. */
  trace(from: ResolvedFile, name: string): TracedExport | undefined {
    return this.#trace(from, name, new Set());
  }

  #trace(from: ResolvedFile, name: string, seen: Set<string>): TracedExport | undefined {
    const key = `${from.file}\n${name}`;
    const table = seen.has(key) ? undefined : this.#tableOf(from);
    if (table === undefined) return undefined;
    seen.add(key);
    if (name === '*') return { resolved: from, name };
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

  #tableOf({ file, sideEffectFree }: ResolvedFile): ExportTable | undefined {
    if (this.#tables.has(file)) return this.#tables.get(file);
    const isJavaScript = sideEffectFree && /\.m?js$/.test(file);
    const source = isJavaScript ? readFileSync(file, 'utf8') : '';
    const table = /\bexport\b/.test(source) ? exportTable(source) : undefined;
    const isModule = table !== undefined && (table.names.size > 0 || table.stars.length > 0);
    this.#tables.set(file, isModule ? table : undefined);
    return isModule ? table : undefined;
  }
}

/** The file that has the name of what is looked for comes first: it nearly always is the one. */
function likelyFirst(specifiers: readonly string[], name: string): readonly string[] {
  const likely = specifiers.filter((specifier) => path.basename(specifier).replace(/\.m?js$/, '') === name);
  return likely.length === 0
    ? specifiers
    : [...likely, ...specifiers.filter((specifier) => !likely.includes(specifier))];
}
