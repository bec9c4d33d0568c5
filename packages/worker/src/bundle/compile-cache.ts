/**
 * Compiled modules. Kept in memory for the process, the last of each file and way of compiling it, and in `directory` if one
 * is given, by the hash of their content and of all that decides how they are compiled. A damaged or foreign entry there
 * counts as absent.
 */
import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compileModule, type CompiledModule, type CompileOptions, type ModuleSource } from './compile-module.ts';
import { COMPILER_VERSION } from './contract.ts';

interface Remembered {
  readonly text: string;
  readonly compiled: CompiledModule;
}

const memory = new Map<string, Remembered>();
/** Bounds what a long `reprise dev` session keeps; the oldest entries go first. */
const MEMORY_ENTRIES = 20_000;

export class CompileCache {
  readonly #directory: string | undefined;

  constructor(directory?: string | undefined) {
    this.#directory = directory;
    if (directory !== undefined) mkdirSync(directory, { recursive: true });
  }

  compile(source: ModuleSource, options: CompileOptions): CompiledModule {
    const settings = settingsKey(source, options);
    const { text } = source;
    const known = memory.get(settings);
    if (known?.text === text) return known.compiled;
    const compiled = this.#stored(settings, text) ?? this.#made(settings, { source, options });
    remember(settings, { text, compiled });
    return compiled;
  }

  #made(settings: string, { source, options }: { source: ModuleSource; options: CompileOptions }): CompiledModule {
    const compiled = compileModule(source, options);
    if (this.#directory !== undefined) this.#write(fileName(settings, source.text), compiled);
    return compiled;
  }

  #stored(settings: string, text: string): CompiledModule | undefined {
    if (this.#directory === undefined) return undefined;
    try {
      const file = path.join(this.#directory, fileName(settings, text));
      return JSON.parse(readFileSync(file, 'utf8')) as CompiledModule;
    } catch {
      return undefined;
    }
  }

  /** Written aside and renamed, so that a reader never sees half a file. */
  #write(name: string, compiled: CompiledModule): void {
    const file = path.join(this.#directory ?? '', name);
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, JSON.stringify(compiled));
    renameSync(aside, file);
  }
}

/** All that decides how a text is compiled. */
function settingsKey(
  source: ModuleSource,
  { mode, definitions, decorators, parsesAll = false }: CompileOptions,
): string {
  const { file, packageType, sideEffectFree } = source;
  const { legacy, emitMetadata } = decorators;
  const defined = JSON.stringify(definitions);
  return [COMPILER_VERSION, file, packageType, sideEffectFree, mode, legacy, emitMetadata, parsesAll, defined].join(
    '|',
  );
}

function fileName(settings: string, text: string): string {
  return `${hash('sha256', `${settings}\n${text}`)}.json`;
}

function remember(settings: string, entry: Remembered): void {
  if (!memory.has(settings) && memory.size >= MEMORY_ENTRIES) {
    const oldest = memory.keys().next();
    if (oldest.done !== true) memory.delete(oldest.value);
  }
  memory.set(settings, entry);
}
