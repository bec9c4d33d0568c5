import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ResolveResult, ResolverFactory } from 'oxc-resolver';
import { resolver } from './native-parts.ts';
import type { ResolveSettings } from './webpack-config.ts';

export interface ResolvedFile {
  readonly file: string;
  /** `type` of the package.json that governs the file. */
  readonly packageType: 'module' | 'commonjs' | undefined;
  /** Whether the package says that the file may be left out, or evaluated late, when nothing of it is used. */
  readonly sideEffectFree: boolean;
  readonly packageName: string | undefined;
}

export type Resolution =
  | { kind: 'file'; resolved: ResolvedFile }
  | { kind: 'ignored' }
  | { kind: 'missing'; reason: string };

export type ImportStyle = 'import' | 'require';

interface PackageFacts {
  readonly type: 'module' | 'commonjs' | undefined;
  readonly name: string | undefined;
  readonly sideEffects: unknown;
  readonly directory: string;
}

/** The settings without any wishes. */
export function resolveSettings(mode: ResolveSettings['mode'], conditions: readonly string[] = []): ResolveSettings {
  return {
    mode,
    conditions: [...conditions, 'browser', 'module', mode],
    extensions: ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx', '.json'],
    extensionAlias: {
      '.js': ['.ts', '.tsx', '.js'],
      '.jsx': ['.tsx', '.jsx'],
      '.mjs': ['.mts', '.mjs'],
      '.cjs': ['.cts', '.cjs'],
    },
    modules: ['node_modules'],
    definitions: {},
    alias: {},
    fallback: {},
    externalOf: () => undefined,
    leavesOutTheRest: false,
  };
}

/** Finds files as bundlers for the web do: `browser` fields and conditions, tsconfig paths, `.js` that stands for `.ts`. */
export class ModuleResolver {
  readonly #resolvers: Record<ImportStyle, ResolverFactory>;
  readonly #packages = new Map<string, PackageFacts>();
  readonly #resolutions = new Map<string, Resolution>();
  readonly #files = new Map<string, ResolvedFile>();

  constructor(settings: ResolveSettings) {
    const shared = {
      mainFields: ['browser', 'module', 'main'],
      aliasFields: [['browser']],
      extensions: [...settings.extensions],
      extensionAlias: mutable(settings.extensionAlias),
      tsconfig: 'auto' as const,
      modules: [...settings.modules],
      alias: mutable(settings.alias),
      fallback: mutable(settings.fallback),
    };
    const { conditions } = settings;
    const forImport = new (resolver().ResolverFactory)({ ...shared, conditionNames: [...conditions, 'import'] });
    this.#resolvers = {
      import: forImport,
      require: forImport.cloneWithOptions({ ...shared, conditionNames: [...conditions, 'require'] }),
    };
  }

  /** What a specifier in a file leads to. Files that come or go later are not noticed: a resolver is for one bundle. */
  resolve(importer: string, specifier: string, style: ImportStyle): Resolution {
    const key = `${style}\n${path.dirname(importer)}\n${specifier}`;
    const known = this.#resolutions.get(key);
    if (known !== undefined) return known;
    const found = this.#resolvers[style].resolveFileSync(importer, specifier);
    const resolution = this.#resolutionOf(found);
    this.#resolutions.set(key, resolution);
    return resolution;
  }

  #resolutionOf({ path: file, packageJsonPath, error }: ResolveResult): Resolution {
    if (file !== undefined) return { kind: 'file', resolved: this.describe(file, packageJsonPath) };
    const reason = error ?? 'not found';
    return /ignored/i.test(reason) ? { kind: 'ignored' } : { kind: 'missing', reason };
  }

  /** What is known of a file by its package. */
  describe(fileAndQuery: string, packageJsonPath?: string): ResolvedFile {
    const file = fileAndQuery.replace(/[?#][^/\\]*$/, '');
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const facts = packageJsonPath === undefined ? this.#governing(path.dirname(file)) : this.#read(packageJsonPath);
    const resolved = {
      file,
      packageType: facts?.type,
      packageName: facts?.name,
      sideEffectFree:
        facts !== undefined && file.includes(`${path.sep}node_modules${path.sep}`) && isSideEffectFree(facts, file),
    };
    this.#files.set(file, resolved);
    return resolved;
  }

  #governing(directory: string): PackageFacts | undefined {
    for (let at = directory; ; at = path.dirname(at)) {
      const candidate = path.join(at, 'package.json');
      if (this.#packages.has(candidate) || existsSync(candidate)) return this.#read(candidate);
      if (path.dirname(at) === at) return undefined;
    }
  }

  #read(packageJsonPath: string): PackageFacts {
    const known = this.#packages.get(packageJsonPath);
    if (known !== undefined) return known;
    const json = JSON.parse(readFileSync(packageJsonPath, 'utf8')) as {
      type?: unknown;
      name?: unknown;
      sideEffects?: unknown;
    };
    const type = json.type === 'module' || json.type === 'commonjs' ? json.type : undefined;
    const name = typeof json.name === 'string' ? json.name : undefined;
    let facts: PackageFacts = { type, name, sideEffects: json.sideEffects, directory: path.dirname(packageJsonPath) };
    // A nested package.json that only sets the type (`dist/esm/package.json`) says nothing of side effects.
    if (json.sideEffects === undefined && name === undefined) {
      const outer = this.#governing(path.dirname(facts.directory));
      if (outer !== undefined) facts = { ...outer, type };
    }
    this.#packages.set(packageJsonPath, facts);
    return facts;
  }
}

function mutable<Item>(lists: Readonly<Record<string, readonly Item[]>>): Record<string, Item[]> {
  return Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, [...list]]));
}

function isSideEffectFree(facts: PackageFacts, file: string): boolean {
  if (typeof facts.sideEffects === 'boolean') return !facts.sideEffects;
  if (!Array.isArray(facts.sideEffects)) return false;
  const relative = path.relative(facts.directory, file).split(path.sep).join('/');
  return !facts.sideEffects.some(
    (pattern: unknown) => typeof pattern === 'string' && matchesPattern(pattern, relative),
  );
}

const GLOB = /[*?[\]{}()!+@|\\]/;

function matchesPattern(pattern: string, relative: string): boolean {
  const normal = pattern.replace(/^\.\//, '');
  const target = normal.includes('/') ? relative : (relative.split('/').at(-1) ?? relative);
  return GLOB.test(normal) ? path.matchesGlob(target, normal) : target === normal;
}
