import { posix } from 'node:path';
import type { Source } from '../sources.ts';

/** No file imports itself by way of others, not even for types. */
export function cycles(sources: Source[]): string[] {
  const graph = new Map(sources.map((source) => [source.path, relativeImports(source)]));
  return components(graph)
    .filter((files) => files.length > 1)
    .map((files) => `a cycle of ${files.length}: ${files.toSorted().join(' ')}`);
}

function relativeImports({ path, imports }: Source): string[] {
  return imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => posix.join(posix.dirname(path), specifier));
}

/** Tarjan's strongly connected components. */
function components(graph: Map<string, string[]>): string[][] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];

  function lower(file: string, candidate: number): void {
    low.set(file, Math.min(low.get(file) ?? candidate, candidate));
  }

  function visit(file: string): void {
    const own = index.size;
    index.set(file, own);
    low.set(file, own);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      if (!index.has(next)) {
        visit(next);
        lower(file, low.get(next) ?? own);
      } else if (stack.includes(next)) {
        lower(file, index.get(next) ?? own);
      }
    }
    if (low.get(file) === own) found.push(stack.splice(stack.indexOf(file)));
  }

  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return found;
}
