import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DecoratorOptions } from './compile-module.ts';

const STANDARD: DecoratorOptions = { legacy: false, emitMetadata: false };
const known = new Map<string, DecoratorOptions>();

/** Which decorators a TypeScript file means: what the nearest tsconfig.json says, the standard ones otherwise. */
export function decoratorOptions(file: string): DecoratorOptions {
  if (!/\.[cm]?tsx?$/.test(file) || file.includes(`${path.sep}node_modules${path.sep}`)) return STANDARD;
  return ofDirectory(path.dirname(file));
}

function ofDirectory(directory: string): DecoratorOptions {
  const cached = known.get(directory);
  if (cached !== undefined) return cached;
  const config = path.join(directory, 'tsconfig.json');
  const parent = path.dirname(directory);
  const found = existsSync(config) ? ofConfig(config, 0) : parent === directory ? STANDARD : ofDirectory(parent);
  known.set(directory, found);
  return found;
}

function ofConfig(file: string, depth: number): DecoratorOptions {
  const text = existsSync(file) ? withoutComments(readFileSync(file, 'utf8')) : '';
  const inherited =
    depth > 5 ? STANDARD : extendedConfigs(text, file).reduce((_, base) => ofConfig(base, depth + 1), STANDARD);
  return {
    legacy: flag(text, 'experimentalDecorators') ?? inherited.legacy,
    emitMetadata: flag(text, 'emitDecoratorMetadata') ?? inherited.emitMetadata,
  };
}

function flag(text: string, name: string): boolean | undefined {
  const match = new RegExp(`"${name}"\\s*:\\s*(true|false)`).exec(text);
  return match === null ? undefined : match[1] === 'true';
}

function extendedConfigs(text: string, from: string): string[] {
  const list = /"extends"\s*:\s*(\[[^\]]*\]|"[^"]*")/.exec(text)?.[1] ?? '';
  return [...list.matchAll(/"([^"]+)"/g)].map(([, specifier = '']) => {
    const directory = path.dirname(from);
    const base =
      specifier.startsWith('.') || path.isAbsolute(specifier)
        ? path.resolve(directory, specifier)
        : path.join(directory, 'node_modules', specifier);
    return base.endsWith('.json') ? base : `${base}.json`;
  });
}

function withoutComments(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\/\/.*|\/\*[^]*?\*\//g, (_, string: string | undefined) => string ?? '');
}
