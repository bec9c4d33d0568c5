import { basename } from 'node:path';

type Json = Record<string, unknown>;

const exactVersion = /^\d+\.\d+\.\d+$/;
const neverShipped = ['!dist/.tsbuildinfo', '!src/**/*.test.ts', '!src/**/*.suite.ts'];

/** What the package.json of every published package has in common. `folder` is that of the package. */
export function manifests(folder: string, manifest: Json): string[] {
  const complaints = [...entries(manifest), ...versions(manifest), ...shipped(manifest)];
  return complaints.map((complaint) => `packages/${basename(folder)}/package.json: ${complaint}`);
}

/** `require` names the CommonJS twin of what `import` names; resolvers that ignore exports find it, and the declarations. */
function entries({ exports, main, types, typesVersions }: Json): string[] {
  const old = ((typesVersions as Json | undefined)?.['*'] ?? {}) as Json;
  const paths = Object.entries(exports as Json).filter(([path]) => path !== './package.json');
  return paths.flatMap(([path, found]) => {
    const file = (found as { import?: { default?: string } }).import?.default ?? './dist/(none).js';
    const stem = file.replace(/\.js$/, '');
    const expected = {
      import: { types: `${stem}.d.ts`, default: file },
      require: { types: `${stem}.d.cts`, default: `${stem}.cjs` },
    };
    const oldTypes = path === '.' ? [main, types] : [`${stem}.cjs`, (old[path.slice(2)] as string[] | undefined)?.[0]];
    return [
      ...(sameJson(found, expected) ? [] : [`exports["${path}"] is to be ${JSON.stringify(expected)}`]),
      ...(sameJson(oldTypes, [`${stem}.cjs`, `${stem}.d.ts`])
        ? []
        : [`"${path}" has no types for resolvers that ignore exports`]),
    ];
  });
}

function versions({ version, dependencies = {}, devDependencies = {} }: Json): string[] {
  const pinned = Object.entries({ ...(dependencies as Json), ...(devDependencies as Json) });
  return [
    ...(version === '0.1.0' ? [] : [`version is to be 0.1.0, not ${String(version)}`]),
    ...pinned
      .filter(([, range]) => !exactVersion.test(String(range)))
      .map(([name]) => `${name} is to be pinned to one version`),
  ];
}

function shipped({ files, license, engines, sideEffects }: Json): string[] {
  const missing = neverShipped.filter((pattern) => !(files as string[]).includes(pattern));
  return [
    ...missing.map((pattern) => `files lacks "${pattern}"`),
    ...(license === 'MIT' ? [] : ['license is to be MIT']),
    ...(sameJson(engines, { node: '>=24' }) ? [] : ['engines is to be { "node": ">=24" }']),
    ...(sideEffects === false ? [] : ['sideEffects is to be false']),
  ];
}

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
