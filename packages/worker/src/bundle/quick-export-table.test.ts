import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { exportTable } from './export-table.ts';
import { quickExportTable } from './quick-export-table.ts';

const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
const published = globSync(
  '{vite,vitest,@vitest/*,acorn,@jridgewell/*,grpc-js,nexus-rpc,tinyrainbow,chai,pathe}/**/*.{js,mjs}',
  {
    cwd: modules,
  },
).filter((file) => /^export\b/m.test(readFileSync(`${modules}/${file}`, 'utf8')));

it('finds what the syntax tree shows, in what packages publish', () => {
  let quick = 0;
  for (const file of published) {
    const source = readFileSync(`${modules}/${file}`, 'utf8');
    const found = quickExportTable(source);
    const table = exportTable(source);
    if (found === undefined || table === undefined) continue;
    quick++;
    expect({ file, names: [...found.names] }).toEqual({
      file,
      names: [...found.names.keys()].map((name) => [name, table.names.get(name)]),
    });
    expect(found.stars).toEqual(table.stars);
    if (found.isComplete) expect(new Set(found.names.keys())).toEqual(new Set(table.names.keys()));
  }
  expect(quick).toBeGreaterThan(10);
});

it.each([
  ['export { a as b, c } from "x";\nexport { d };\nimport { e as d } from "y";', 'b:x.a c:x.c d:y.e'],
  ['import z, * as all from "m";\nexport default z;\nexport { all };', 'default all:m.*'],
  ['export * from "./a.js";\nexport * as ns from "./b.js";', 'ns:./b.js.* stars ./a.js'],
  ['export async function* f() {}\nexport class C {}\nexport const k = 1, l = 2;', 'f C k incomplete'],
  ['export /*@__NO_SIDE_EFFECTS__*/ function f() {}\nexport /* c */ const k = 1;', 'f k incomplete'],
  ['export default function () {}\nimport "side";', 'default'],
  ['export {\n  a, // one\n  /* two */ b\n} from "x";', 'a:x.a b:x.b'],
  ['/*\nexport const no = 1;\n*/\nexport const yes = 1;', undefined],
  ['const text = `\nexport const no = 1;\n`;\nexport const yes = 1;', undefined],
  ['const a=1;export{a as b};', undefined],
  ['export const { a, b } = c;', undefined],
  ['import("x");\nexport const a = 1;', undefined],
])('reads %j', (source, expected) => {
  const found = quickExportTable(source);
  const names = [...(found?.names ?? [])].map(([name, from]) =>
    from.kind === 'own' ? name : `${name}:${from.specifier}.${from.name}`,
  );
  const stars = found?.stars.length ? ['stars', ...found.stars] : [];
  const text = [...names, ...stars, ...(found?.isComplete === false ? ['incomplete'] : [])].join(' ');
  expect(found === undefined ? undefined : text).toBe(expected);
});
