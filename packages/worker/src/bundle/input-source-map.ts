/** The map that comes with a file which was compiled before it is bundled: by `tsc`, most of all. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface InputSourceMap {
  /** Files, absolute; or names that are none, such as `webpack://app/a.ts`. */
  readonly sources: string[];
  /** Null where it is not known. */
  readonly sourcesContent: (string | null)[];
  readonly names: string[];
  readonly mappings: string;
}

interface RawSourceMap {
  readonly mappings?: unknown;
  readonly sourceRoot?: string | null;
  readonly sources?: readonly (string | null)[];
  readonly sourcesContent?: readonly (string | null)[];
  readonly names?: string[];
}

const MAP_URL = /^\/\/[#@] sourceMappingURL=(\S+)\s*$/m;
const DATA_URL = /^data:application\/json[^,]*?(;base64)?,(.*)$/;

/**
 * Undefined when the file has none that can be read: it is then what was written. Those of libraries are left alone, since
 * nobody looks into these, and what their maps speak of is seldom installed with them.
 */
export function inputSourceMap(file: string, source: string): InputSourceMap | undefined {
  if (/[/\\]node_modules[/\\]/.test(file)) return undefined;
  const [, url] = MAP_URL.exec(source.slice(source.lastIndexOf('\n//'))) ?? [];
  if (url === undefined) return undefined;
  try {
    const [mapFile, text] = mapText(file, url);
    const { mappings, sourceRoot, sources = [], sourcesContent = [], names = [] } = JSON.parse(text) as RawSourceMap;
    if (typeof mappings !== 'string') return undefined;
    const files = sources.map((name) => sourceFile(mapFile, `${sourceRoot ? `${sourceRoot}/` : ''}${name ?? ''}`));
    const contents = files.map((name, at) => sourcesContent[at] ?? readIfThere(name));
    return { sources: files, sourcesContent: contents, names, mappings };
  } catch {
    return undefined;
  }
}

/** The file that the names in a map are relative to, and the map. */
function mapText(file: string, url: string): [file: string, text: string] {
  const [, base64, data] = DATA_URL.exec(url) ?? [];
  if (data !== undefined)
    return [file, base64 === undefined ? decodeURIComponent(data) : Buffer.from(data, 'base64').toString()];
  const mapFile = path.resolve(path.dirname(file), decodeURIComponent(url));
  return [mapFile, readFileSync(mapFile, 'utf8')];
}

function sourceFile(mapFile: string, name: string): string {
  if (name.startsWith('file:')) return fileURLToPath(name);
  return /^[a-z-]{2,}:\/\//.test(name) ? name : path.resolve(path.dirname(mapFile), name);
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
