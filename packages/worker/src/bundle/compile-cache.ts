/**
 * Compiled modules by the hash of their content and of all that decides how they are compiled. Kept in memory for the
 * process, and in `directory` if one is given, where a damaged or foreign entry counts as absent.
 */
import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compileModule, type CompiledModule, type CompileOptions, type ModuleSource } from './compile-module.ts';
import { COMPILER_VERSION } from './contract.ts';

const memory = new Map<string, CompiledModule>();
/** Bounds what a long `reprise dev` session keeps; the oldest entries go first. */
const MEMORY_ENTRIES = 20_000;

export class CompileCache {
  readonly #directory: string | undefined;

  constructor(directory?: string | undefined) {
    this.#directory = directory;
    if (directory !== undefined) mkdirSync(directory, { recursive: true });
  }

  compile(source: ModuleSource, options: CompileOptions): CompiledModule {
    const key = keyOf(source, options);
    const known = memory.get(key) ?? this.#read(key);
    if (known !== undefined) {
      remember(key, known);
      return known;
    }
    const compiled = compileModule(source, options);
    remember(key, compiled);
    this.#write(key, compiled);
    return compiled;
  }

  #read(key: string): CompiledModule | undefined {
    if (this.#directory === undefined) return undefined;
    try {
      return JSON.parse(readFileSync(path.join(this.#directory, `${key}.json`), 'utf8')) as CompiledModule;
    } catch {
      return undefined;
    }
  }

  /** Written aside and renamed, so that a reader never sees half a file. */
  #write(key: string, compiled: CompiledModule): void {
    if (this.#directory === undefined) return;
    const file = path.join(this.#directory, `${key}.json`);
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, JSON.stringify(compiled));
    renameSync(aside, file);
  }
}

function keyOf(source: ModuleSource, options: CompileOptions): string {
  const { mode, decorators } = options;
  const settings = [
    COMPILER_VERSION,
    source.file,
    source.packageType,
    source.sideEffectFree,
    mode,
    decorators.legacy,
    decorators.emitMetadata,
  ];
  return hash('sha256', `${settings.join('|')}\n${source.text}`);
}

function remember(key: string, compiled: CompiledModule): void {
  if (memory.has(key)) return;
  if (memory.size >= MEMORY_ENTRIES) {
    const oldest = memory.keys().next();
    if (oldest.done !== true) memory.delete(oldest.value);
  }
  memory.set(key, compiled);
}
