import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Edit } from '../edits.ts';
import { esmShape, parsedText, type ShapedModule } from '../esm-shape.ts';
import { scopePass } from '../scope-pass.ts';
import { parseModule } from '../syntax-tree.ts';
import { scanModule } from './scan-module.ts';

const options = { fileName: 'x.js', isLate: true };

interface Told extends ShapedModule {
  readonly scoped: readonly Edit[];
}

/** What the tokens of a module tell, in the order of the text. */
function scanned(code: string): Told | undefined {
  const text = scanModule(code, { isScoped: true, mayRequire: true });
  const shaped = text && esmShape(code, text, options);
  return shaped && inOrder({ ...shaped, scoped: text.scoped });
}

/** The same from its syntax tree. */
function parsed(code: string): Told {
  const tree = parseModule(code);
  return inOrder({ ...esmShape(code, parsedText(tree), options), scoped: scopePass(tree) });
}

function inOrder({ shape, edits, scoped, ...others }: Told): Told {
  const byPlace = (list: readonly Edit[]): Edit[] => list.filter(isChange).sort((a, b) => a.at - b.at);
  const reads = shape.reads.toSorted((a, b) => a.start - b.start);
  return { ...others, shape: { ...shape, reads }, edits: byPlace(edits), scoped: byPlace(scoped) };
}

const isChange = ({ text, removed }: Edit): boolean => text !== '' || removed !== undefined;

describe('in what packages publish', () => {
  const modules = fileURLToPath(new URL('../../../../../node_modules', import.meta.url));
  const files = globSync(
    '{vite,vitest,@vitest/*,knip,acorn,@jridgewell/*,nexus-rpc,chai,pathe,@opentelemetry/*}/**/*.{js,mjs}',
    { cwd: modules },
  );

  it('tells the same as the syntax tree, or nothing', () => {
    let told = 0;
    for (const file of files) {
      const code = readFileSync(`${modules}/${file}`, 'utf8');
      if (code.length > 200_000 || !/^export\b/m.test(code)) continue;
      const found = scanned(code);
      if (found === undefined) continue;
      told++;
      expect({ file, found }).toEqual({ file, found: parsed(code) });
    }
    expect(told).toBeGreaterThan(500);
  });
});

const IMPORTS = 'import N, { a as M, own } from "x"; import * as ns from "y";\n';

it.each([
  'f((N), [N], N + M, !N, typeof N, N ? M : own, N ?? M); f = N; f += M;',
  'N(); N.a(); N.a.b.c; f(N?.a, N?.(1)); N.a?.b; N.a?.(); N`x`; N.a`x${M}y`; new N; new N.a(M); new N.a.b().c;',
  'f(N, M); f({ N, M: own, x: N, [M]: N }); g([N, ...M]); const x = { N }; const y = [N, { M }];',
  'N.a = 1; N.a.b += 2; ns.c++; delete N.a; delete N.a.b; ns.a.b.c;',
  'const f = (x) => N; const g = x => ({ N, x }); const h = async (x) => { await N(x); return M; };',
  'function f() { return N; } function* g() { yield* N(); } class C extends ns.B { m() { return M * N; } }',
  'const x = { N: 1, M() { return N; }, get own() { return M; } }; class C { N() {} static M() {} }',
  'for (const x of N) M(x); for (const k in ns.a) N(k); while (N) M(); if (N) M(); else own();',
  'switch (N) { case M: own(); break; default: N(); } label: for (;;) { break label; }',
  'x.N; x?.N; x.y.M(); ({}).N; a[N]; a[N] = M; a.b[N].c = 1;',
  'export default N;',
  'export default function () { return N; }',
  'export default class extends N {}',
  'export const k = /* @__PURE__ */ N.a("k", () => k); const l = /*#__PURE__*/ new M(k); f(l, { k, l });',
  'export const u = /*@__PURE__*/ (() => N)(); export let v = 1; export var w; export function z() { return u; }',
  'export { N, M as default }; export * from "z"; export * as all from "w"; export { q as r } from "v";',
  'function f() { const N = 1; return N + M; } f(N);',
  'const f = (N, x) => { return N; }; function g(M) { M(); } class C { m(N) { return N; } } f(N, M);',
  'f((N) => (x) => N(x), (own) => own.a ? own : N); const g = c ? (N) => N : N, h = M => [M]; f(N, M);',
  'try { N(); } catch (e) { M(e); } try { N(); } finally { M(); } try { N(); } catch { M(); }',
  'async function f() { try { return await N(); } catch (e) { await M(e); } finally { own(); } }',
  'const o = { async m() { return await N(); }, async: 1, n: async () => M(), }; new Promise((r) => r(N));',
  'async function f() { return; } async function g() { "use x"; await 1; } const h = async () => await N.a?.b[0](1).c + (await N`x`);',
  'async function f() { return await N; return (await N); return `x`; return `${N}`; return null; return M, 1; }',
  'async function f() { for (const x of await N()) { if (x) return x; else continue; } await (M ? own : await N); }',
  'async function f() { const g = function () { return 1; }; class C extends M { m() { return 2; } } return { g, C }; }',
  'async function f() { try { await N(); } catch { own(); } finally { try { M(); } finally { await own(); } } }',
  'async function f() { try { N(); } catch ({ a }) { M(a); } try { await N(); } catch ([b]) { M(b); } await !M; }',
  'const f = c ? async () => N : async (x) => M(x), g = async (x = () => { return 1; }) => ({ x, y: await x });',
  'async function f() { await new Promise((r) => setTimeout(async () => r(await N), 1)); return new Promise(M, 1); }',
  'async function f() {\n  return\n  await N()\n  return await M\n}',
  'async function f() {\n  const x = await N\n  await M\n  return x\n  own()\n}',
  'class C { async m() { return await this.#n(); } async #n() { return N; } static async o() { return super.o(); } }',
  'const r = /N\\/[/"]/g.test(N) / 2; const t = `N ${N.a} ${`${M}`}`; const n = 1_0.5e-3 / N; const p = .5 + N;',
  '// N\n/* M */ N(/* N */ M); const s = "N" + \'M\';',
  'if (N)\n  M()\nelse own()\nconst z = N\nexport const q = 1\nM.x()',
])('tells all of %j', (statements) => {
  const code = IMPORTS + statements;
  expect(scanned(code)).toEqual(parsed(code));
});

it.each([
  'const [N] = x;',
  'const { N } = x;',
  'const { a: N } = x;',
  'function f({ N }) {}',
  'const f = ([N]) => 1;',
  'const f = N => N + 1;',
  'const f = (x = N) => 1;',
  'for (const N of x) f(N);',
  'for (let N = 0; ; ) f(N);',
  'function f() { var N = 1; }',
  'function f() { function N() {} }',
  'function f() { class N {} }',
  'const f = function N() { return N; };',
  'class C { N = 1; }',
  'class C { N; }',
  'class C { x = 1\n N }',
  'f(N)\n{ M(); }',
  'class C { if(N) { return N; } }',
  'class C extends f(N) { }',
  'let x, N2; { let N; }',
  '(N)(1); (N.a)(1);',
  'N++;',
  'import("x");',
  'const u = import.meta.url;',
  'await N();',
  'for await (const x of N) f(x);',
  'async function* f() { yield N; }',
  'f(async function* () { yield N; }, { async *g() { yield M; } });',
  'async function f() { for await (const x of N) M(async function* () {}, x); }',
  'const o = { async *m() {} };',
  'using x = N();',
  'require("x");',
  'const k = /* @__PURE__ */ N() + 1; f(k);',
  'export const k = 1, l = 2;',
  'export const { k } = N;',
  'const \\u004e2 = N; const é = 1;',
  'x = a\n++N\n/b/g',
  '}',
])('leaves no doubt about %j, or tells nothing', (statements) => {
  const code = IMPORTS + statements;
  const found = scanned(code);
  if (found !== undefined) expect(found).toEqual(parsed(code));
});
