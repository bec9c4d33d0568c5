import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const IMPORT =
  /import\s+(?:type\s+)?(?:([\w$]+)\s*,?\s*)?(?:\*\s+as\s+([\w$]+)|\{([^}]*)\})?\s*from\s*['"]([^'"]+)['"]/g;
const EXTENSIONS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js'];

/**
 * The module from which a test imports a workflow function, read from the test's own imports: a function does not know
 * where it was defined.
 */
export function findWorkflowsPath(testPath: string, functionName: string): string | undefined {
  const text = readFileSync(testPath, 'utf8');
  for (const [, , namespace, names, specifier = ''] of text.matchAll(IMPORT)) {
    if (!specifier.startsWith('.')) continue;
    const imported = (names ?? '').split(',').map((name) =>
      name
        .trim()
        .split(/\s+as\s+/)[0]
        ?.replace(/^type\s+/, ''),
    );
    const usesNamespace = namespace !== undefined && new RegExp(`\\b${namespace}\\.${functionName}\\b`).test(text);
    if (imported.includes(functionName) || usesNamespace) return moduleFile(resolve(dirname(testPath), specifier));
  }
  return undefined;
}

function moduleFile(path: string): string | undefined {
  // TypeScript may name the compiled file of a source.
  const candidates = EXTENSIONS.map((extension) => path + extension).concat(path.replace(/\.js$/, '.ts'));
  return candidates.find((candidate) => /\.\w+$/.test(candidate) && existsSync(candidate));
}
