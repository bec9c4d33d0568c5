import { globSync, readFileSync, rmSync } from 'node:fs';
import { basename, isAbsolute, join, relative } from 'node:path';
import { rolldown, type OutputOptions, type RolldownOutput } from 'rolldown';
import { defaultOfItself } from './default-of-itself.ts';

/**
 * Bundles the sources of the package in `folder` into its `dist`: one file for each entry point, and files in common for
 * what several of them reach. Node looks up, reads and compiles every file that it imports, so hundreds of them cost more
 * than all their code.
 *
 * Tools that have a module system of their own, such as Jest, cannot load ES modules where `require` asks: for these the
 * entry points are there as CommonJS too, `name.cjs`. A process may have both: what is one for the process is on the
 * global object, by a symbol.
 *
 * Returns the names of the entry points that are their own default export.
 *
 * Files in common lie in `dist` itself and so do `standalone` files (from `folder`): those that run in a process or
 * thread of their own, or in workflows. Code finds them as `./name.js`, beside itself, as it does in `src`.
 */
export async function bundleEntries(folder: string, standalone: readonly string[]): Promise<string[]> {
  const exported = exportedEntries(folder);
  const modules = await write(
    folder,
    { ...exported, ...standaloneEntries(standalone) },
    {
      sourcemap: true,
      footer: (chunk) => (isItsOwnDefault(exported, chunk) ? defaultOfItself(basename(chunk.fileName)) : ''),
    },
  );
  const commonJs = await write(folder, exported, { format: 'cjs', exports: 'named', dynamicImportInCjs: false });
  const written = new Set([...modules, ...commonJs].map(({ fileName }) => fileName));
  for (const chunk of modules) {
    if (chunk.type !== 'chunk') continue;
    refuseRenamedClasses(chunk.code);
    refuseLostFiles(chunk.code, written);
  }
  const dist = join(folder, 'dist');
  for (const name of globSync('**/*.{js,js.map,cjs}', { cwd: dist }).filter((found) => !written.has(found)))
    rmSync(join(dist, name));
  return modules.flatMap((chunk) => (chunk.type === 'chunk' && isItsOwnDefault(exported, chunk) ? [chunk.name] : []));
}

async function write(
  folder: string,
  input: Record<string, string>,
  options: OutputOptions,
): Promise<RolldownOutput['output']> {
  const bundle = await rolldown({
    cwd: folder,
    input,
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    platform: 'node',
    preserveEntrySignatures: 'strict',
    tsconfig: join(folder, 'tsconfig.json'),
    transform: { target: 'esnext' },
    onLog(_level, log) {
      throw new Error(`${relative(folder, log.id ?? folder)}: ${log.message}`);
    },
  });
  const fileNames = `[name].${options.format === 'cjs' ? 'cjs' : 'js'}`;
  const { output } = await bundle.write({
    ...options,
    dir: join(folder, 'dist'),
    entryFileNames: fileNames,
    chunkFileNames: fileNames,
    minifyInternalExports: false,
    comments: false,
  });
  await bundle.close();
  return output;
}

/**
 * In CommonJS a module is its own default, so ES modules import the published SDK with `import pkg from '...'`: entry
 * points without a default are their own default here too.
 */
function isItsOwnDefault(
  exported: Record<string, string>,
  { name, exports }: { readonly name: string; readonly exports: readonly string[] },
): boolean {
  return Object.hasOwn(exported, name) && exports.length > 0 && !exports.includes('default');
}

/** Two modules of one file may call a function alike. The name of a class is seen: in failures, in logs and by users. */
function refuseRenamedClasses(code: string): void {
  const renamed = /\bclass (\w+)\$\d+\b|\b(\w+)\$\d+ = class\b/.exec(code);
  if (renamed !== null) throw new Error(`several modules have a class ${renamed[1] ?? renamed[2]}: rename one`);
}

/** What code finds beside itself by its URL is not imported, so nothing else tells that it must be there. */
function refuseLostFiles(code: string, written: ReadonlySet<string>): void {
  for (const [, name = ''] of code.matchAll(/new URL\(\s*[`'"](?:\.\/)?([\w-]+)(?:\.js[`'"]|\.?\$\{)/g)) {
    if (!written.has(`${name}.js`)) throw new Error(`${name}.ts is found by its URL: name it in the build script`);
  }
}

/** The sources of what `exports` lists, by their names in `dist`. */
function exportedEntries(folder: string): Record<string, string> {
  const { exports = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { exports?: object };
  const patterns = Object.values(exports).flatMap((found: string | { import: { default: string } }) =>
    typeof found === 'string' ? [] : [found.import.default.replace(/^\.\/dist\//, 'src/').replace(/\.js$/, '.ts')],
  );
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: folder }));
  const sources = files.filter((file) => !/\.(test|suite)\.ts$/.test(file));
  return Object.fromEntries(sources.map((file) => [file.slice('src/'.length, -'.ts'.length), join(folder, file)]));
}

function standaloneEntries(files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [basename(file, '.ts'), file]));
}
