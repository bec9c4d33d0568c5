// Hard cases for async scopes: each names the scope that is seen at its points, as AsyncLocalStorage of Node has it.
// Not checked by the compiler on purpose: it holds syntax in odd places.
const scopes = new AsyncLocalStorage<string>();
const cur = (): string => scopes.getStore() ?? 'root';
const run = (s: string, fn: any): any => scopes.run(s, fn);
// A promise that is settled from a scope of its own, after n turns of the host.
const turns = (n: number, done: () => void): void => { run('host', () => { const step = () => (--n <= 0 ? done() : void setTimeout(step, 1)); setTimeout(step, 1); }); };
const defer = (): any => { let resolve: any, reject: any; const p = new Promise((a, b) => { resolve = a; reject = b; }); return { p, resolve, reject }; };
const tick = (n = 1): any => { const d = defer(); turns(n, () => d.resolve(0)); return d.p; };
const tickFail = (n: number, e: unknown): any => { const d = defer(); turns(n, () => d.reject(e)); return d.p; };
declare const AsyncLocalStorage: any;
type T = [string, () => any, any];
const tests: T[] = [];
const t = (name: string, fn: () => any, exp: any) => tests.push([name, fn, exp]);
const A = (fn: any) => run('A', fn), B = (fn: any) => run('B', fn), C = (fn: any) => run('C', fn);
const thenable = (v: any, mode = 'sync') => ({ then(res: any, rej: any) { mode === 'sync' ? res(v) : mode === 'rej' ? rej(v) : B(() => tick().then(() => res(v))); } });

// ---- basic await
t('await native', () => A(async () => { const l = [cur()]; await tick(); l.push(cur()); await tick(2); l.push(cur()); return l; }), ['A','A','A']);
t('await non-promise', () => A(async () => { await 1; const a = cur(); await undefined; return [a, cur()]; }), ['A','A']);
t('caller restored after sync part', () => { const l: any[] = []; const p = A(async () => { await tick(); l.push(cur()); }); l.push(cur()); return p.then(() => l); }, ['root','A']);
t('await thenable sync', () => A(async () => { await thenable(1); return cur(); }), 'A');
t('await thenable later from B', () => A(async () => { await thenable(1, 'later'); return cur(); }), 'A');
t('thenable reject', () => A(async () => { try { await thenable(new Error('x'), 'rej'); } catch { return cur(); } }), 'A');
t('resolved in B', () => { const d = defer(); const p = A(async () => { await d.p; return cur(); }); B(() => d.resolve(1)); return p; }, 'A');
t('rejected in B, catch', () => { const d = defer(); const p = A(async () => { try { await d.p; } catch { return cur(); } }); B(() => d.reject(1)); return p; }, 'A');
t('promise created in B awaited in A', () => { const p = B(() => tick()); return A(async () => { await p; return cur(); }); }, 'A');
t('fn from B called in A', () => { const f = B(() => async () => { await tick(); return cur(); }); return A(f); }, 'A');
// ---- try/catch/finally
t('try/catch', () => A(async () => { const l: any[] = []; try { await tickFail(1, 1); } catch { l.push(cur()); await tick(); l.push(cur()); } l.push(cur()); return l; }), ['A','A','A']);
t('try/finally', () => A(async () => { const l: any[] = []; try { try { await tickFail(1, 1); } finally { l.push(cur()); await tick(); l.push(cur()); } } catch { l.push(cur()); } return l; }), ['A','A','A']);
t('nested rethrow', () => A(async () => { const l: any[] = []; try { try { await tickFail(1, 1); } catch (e) { l.push(cur()); await tick(); throw e; } finally { l.push(cur()); await tick(); l.push(cur()); } } catch { l.push(cur()); } finally { l.push(cur()); } return l; }), ['A','A','A','A','A']);
t('return in try w/ finally await', () => A(async () => { const l: any[] = []; const f = async () => { try { return await tick(); } finally { l.push(cur()); await tick(); l.push(cur()); } }; await f(); l.push(cur()); return l; }), ['A','A','A']);
t('return promise w/o await in try', () => A(async () => { const f = async () => { try { return tickFail(1, 1); } catch { return 'caught'; } finally { cur(); } }; try { await f(); } catch { return cur(); } }), 'A');
t('finally overrides', () => A(async () => { const f = async () => { try { await tickFail(1, 1); } finally { return cur(); } }; return [await f(), cur()]; }), ['A','A']);
t('sync throw in B inside A', () => A(async () => { try { await B(async () => { throw 1; }); } catch { return cur(); } }), 'A');
t('run sync throw restores', () => A(() => { try { B(() => { throw 1; }); } catch {} return cur(); }), 'A');
t('catch after B reject after tick', () => A(async () => { const l: any[] = []; try { await B(async () => { await tick(); l.push(cur()); throw 1; }); } catch { l.push(cur()); } return l; }), ['B','A']);
t('throw in catch of inner async', () => A(async () => { const l: any[] = []; const inner = () => B(async () => { try { await tickFail(1, 1); } catch (e) { l.push(cur()); throw e; } finally { l.push(cur()); } }); await inner().catch(() => l.push(cur())); l.push(cur()); return l; }), ['B','B','A','A']);
// ---- nesting and interleaving
t('nested run', () => A(async () => { const l: any[] = []; await B(async () => { await tick(); l.push(cur()); await C(async () => { await tick(); l.push(cur()); }); l.push(cur()); }); l.push(cur()); return l; }), ['B','C','B','A']);
t('interleave', async () => { const l: Record<string, Set<any>> = {}; const job = (s: string, k: number) => run(s, async () => { l[s] = new Set(); for (let i = 0; i < 20; i++) { if (i % 3 === k % 3) await tick(); else if (i % 3 === 1) await null; else await Promise.resolve(i).then((x) => x); l[s].add(cur()); } }); await Promise.all(['s1','s2','s3','s4'].map(job)); return Object.entries(l).map(([k, v]) => k + ':' + [...v].join(',')); }, ['s1:s1','s2:s2','s3:s3','s4:s4']);
t('deep recursion', () => A(async () => { const f = async (n: number): Promise<any> => { if (!n) return cur(); await null; const r = await f(n - 1); return cur() === 'A' ? r : 'bad' + cur(); }; return await f(200); }), 'A');
t('detached task keeps scope', async () => { const l: any[] = []; const p = A(() => { const q = B(async () => { await tick(2); l.push(cur()); }); l.push(cur()); return q; }); await p; l.push(cur()); return l; }, ['A','B','root']);
// ---- expression positions
t('expr positions', () => A(async () => { const l: any[] = []; const c = (x?: any) => { l.push(cur()); return x; }; const f = (...a: any[]) => c(a.length);
  f(await tick(), c(await tick()), c()); c(`${await tick()}${c()}`); c((await tick()) ? c() : c()); const o: any = { a: { b: 1 } }; c((await tick().then(() => o))?.a.b); o[(await tick(), c('k'))] = c(await tick()); o.x ??= (await tick(), c(1)); c([...(await tick().then(() => [1])), c()]); c({ ...(await tick().then(() => ({}))), z: c() }); c(typeof (await tick())); c(-(await tick())); c(await (await tick().then(() => tick()))); new (await tick().then(() => class { constructor() { c(); } }))(); c(!(await tick()) && c()); return [...new Set(l)].join() + ':' + (l.length > 18); }), 'A:true');
t('control positions', () => A(async () => { const l = new Set(); const c = (x: any) => { l.add(cur()); return x; }; if (await tick(), c(1)) c(1); switch (await tick().then(() => 3)) { case (await tick(), c(2)): c(1); case 3: c(1); } let n = 0; while ((await tick(), c(n++)) < 2) c(1); do { c(1); } while ((await tick(), c(n++)) < 4); for (let i = (await tick(), 0); (await tick(), c(i)) < 2; i += (await tick(), c(1))) c(1); for (const x of await tick().then(() => [1, 2])) { c(x); await tick(); c(x); } for (const k in await tick().then(() => ({ a: 1 }))) c(k); outer: for (const a of [1, 2]) { for (const b of [1, 2]) { await tick(); c(1); if (b === 1) continue outer; } } try { throw await tick(); } catch { c(1); } return [...l].join(); }), 'A');
t('destructuring/default', () => A(async () => { const { a = cur(), ...r } = await tick().then(() => ({ b: 1 } as any)); const [x = cur()] = await tick().then(() => [] as any[]); const f = async (p = cur(), { q = cur() } = {}) => { await tick(); return [p, q, cur()]; }; return [a, x, ...(await f())]; }), ['A','A','A','A','A']);
t('param default throws', () => A(async () => { const f = async (p = (() => { throw new Error('z'); })()) => p; try { await f(); return 'no'; } catch { return cur(); } }), 'A');
t('return await / tail', () => A(async () => { const f = async () => await B(async () => { await tick(); return cur(); }); const r = await f(); return [r, cur()]; }), ['B','A']);
t('await chain no tick after last', () => A(async () => { const f = async () => { await tick(); return cur(); }; return (await f()) + (await f()) + cur(); }), 'AAA');
t('conditional-only await', () => A(async () => { const f = async (x: boolean) => { if (x) await tick(); return cur(); }; return [await f(true), await f(false), cur()]; }), ['A','A','A']);
// ---- classes, this, arguments
class Base { async m(x: any) { await tick(); return 'base' + cur() + x; } static async s() { await tick(); return cur(); } get g() { return (async () => { await tick(); return cur(); })(); } }
class Der extends Base { #p = 1; f = async () => { await tick(); return this.#p + cur(); }; async m(x: any) { const r = await super.m(x); return r + cur() + (await this.#pm()); } async #pm() { await tick(); return this.#p + cur(); } async [('comp' + 'uted')]() { await tick(); return cur(); } static async s() { return 'd' + (await super.s()) + cur(); } async args(..._a: any[]) { await tick(); return arguments.length + cur(); } static { } }
t('class methods', () => A(async () => { const d: any = new Der(); return [await d.m(1), await d.f(), await d.computed(), await Der.s(), await d.g, await d.args(1, 2), cur()]; }), ['baseA1A1A','1A','A','dAA','A','2A','A']);
t('object methods', () => A(async () => { const o = { async a() { await tick(); return [cur(), this === o]; }, b: async function () { await tick(); return arguments.length; }, async *g() { await tick(); yield cur(); } }; const l: any[] = []; for await (const x of o.g()) l.push(x); return [...(await o.a()), await (o.b as any)(1, 2, 3), ...l]; }), ['A',true,3,'A']);
t('arrow this/arguments', () => A(async () => { function F(this: any) { const self = this; return (async () => { await tick(); return [this === self, arguments.length, cur()]; })(); } return await (F as any).call({}, 1, 2); }), [true, 2, 'A']);
// ---- promise API
t('then chain', () => A(() => { const l: any[] = []; return tick().then(() => { l.push(cur()); return tick(); }).then(() => { l.push(cur()); throw 1; }).catch(() => { l.push(cur()); }).finally(() => { l.push(cur()); }).then(() => l); }), ['A','A','A','A']);
t('then per-registration scope', async () => { const d = defer(); const l: any[] = []; const p1 = A(() => d.p.then(() => l.push('1' + cur()))); const p2 = B(() => d.p.then(() => l.push('2' + cur()))); const p3 = d.p.then(() => l.push('3' + cur())); C(() => d.resolve(1)); await p1; await p2; await p3; return l; }, ['1A','2B','3root']);
t('executor then', () => A(() => new Promise((res) => { tick().then(() => res(cur())); })), 'A');
t('callback restores after throw', async () => { const d = defer(); const p = A(() => d.p.then(() => { throw 1; })); d.resolve(1); await p.catch(() => {}); return cur(); }, 'root');
t('Promise.all', () => A(async () => { const r = await Promise.all([B(async () => { await tick(2); return cur(); }), C(async () => { await tick(); return cur(); }), tick(), 5, thenable(7)]); return [r[0], r[1], cur()]; }), ['B','C','A']);
t('Promise.all reject', () => A(async () => { const l: any[] = []; try { await Promise.all([B(async () => { await tick(3); l.push(cur()); }), C(async () => { await tick(); throw 1; })]); } catch { l.push(cur()); } await tick(4); l.push(cur()); return l; }), ['A','B','A']);
t('Promise.race', () => A(async () => { await Promise.race([B(() => tick(3)), C(async () => { await tick(); })]); const a = cur(); await tick(4); return [a, cur()]; }), ['A','A']);
t('allSettled/any', () => A(async () => { await Promise.allSettled([B(() => tickFail(1, 1)), tick()]); const a = cur(); await Promise.any([B(() => tickFail(1, 1)), C(() => tick(2))]); const b = cur(); try { await Promise.any([tickFail(1, 1)]); } catch { return [a, b, cur()]; } }), ['A','A','A']);
t('race loop w/ timeouts', () => A(async () => { const s = new Set(); for (let i = 0; i < 5; i++) { await Promise.race([B(() => tick(i)), tick(2)]); s.add(cur()); } return [...s].join(); }), 'A');
t('withResolvers/try', () => A(async () => { const P: any = Promise; const w = P.withResolvers(); B(() => tick().then(() => w.resolve(1))); await w.promise; const a = cur(); await P.try(async () => { await tick(); }); return [a, cur()]; }), ['A','A']);
t('Promise subclass', () => A(async () => { class P2<T> extends Promise<T> {} const l: any[] = []; await new P2((r: any) => B(() => tick().then(r))); l.push(cur()); await P2.resolve(1).then(() => { l.push(cur()); }); l.push(cur()); return l; }), ['A','A','A']);
t('resolve with promise', () => A(async () => { const p = new Promise((r) => r(B(() => tick()))); await p; return cur(); }), 'A');
t('async map', () => A(async () => (await Promise.all([3, 1, 2].map(async (n) => { await tick(n); return cur() + n; }))).join()), 'A3,A1,A2');
// ---- for await
const gen = async function* (n: number, l?: any[]) { try { for (let i = 0; i < n; i++) { await tick(); l?.push('g' + cur()); yield i; l?.push('r' + cur()); } } finally { await tick(); l?.push('f' + cur()); } };
t('for await gen', () => A(async () => { const l: any[] = []; for await (const _ of gen(2, l)) { l.push(cur()); await tick(); l.push(cur()); } l.push(cur()); return l.join(); }), 'gA,A,A,rA,gA,A,A,rA,fA,A');
t('for await break', () => A(async () => { const l: any[] = []; for await (const _ of gen(5, l)) { l.push(cur()); break; } l.push(cur()); return l.join(); }), 'gA,A,fA,A');
t('for await return', () => A(async () => { const l: any[] = []; const f = async () => { try { for await (const _ of gen(5, l)) { return cur(); } } finally { l.push('F' + cur()); } }; l.push(await f()); l.push(cur()); return l.join(); }), 'gA,fA,FA,A,A');
t('for await throw in body', () => A(async () => { const l: any[] = []; try { for await (const _ of gen(5, l)) { await tick(); throw 1; } } catch { l.push(cur()); } return l.join(); }), 'gA,fA,A');
t('for await array', () => A(async () => { const l: any[] = []; for await (const x of [B(() => tick()), 2, thenable(3), C(() => tick(2))] as any[]) l.push(cur()); l.push(cur()); return l.join(); }), 'A,A,A,A,A');
t('for await labelled', () => A(async () => { const l: any[] = []; outer: for await (const a of gen(3)) { for await (const b of gen(2)) { l.push(cur()); if (a === 1) break outer; if (b === 0) continue outer; } } l.push(cur()); return l.join(); }), 'A,A,A');
t('for await custom iter', () => A(async () => { const l: any[] = []; const it = { [Symbol.asyncIterator]() { let i = 0; return { next: () => B(() => tick().then(() => ({ value: i, done: i++ > 1 }))), return: () => C(() => tick().then(() => ({ done: true, value: undefined }))) }; } }; for await (const _ of it as any) { l.push(cur()); } l.push(cur()); for await (const _ of it as any) { l.push(cur()); break; } l.push(cur()); return l.join(); }), 'A,A,A,A,A');
t('for await iter throws', () => A(async () => { const it = { [Symbol.asyncIterator]() { return { next: () => B(() => tickFail(1, 1)) }; } }; try { for await (const _ of it as any) {} } catch { return cur(); } }), 'A');
t('for await destruct + no block', () => A(async () => { const l: any[] = []; for await (const [a, b = cur()] of [[1], [2]] as any[]) l.push(b); return l.join() + cur(); }), 'A,AA');
t('for await assign target', () => A(async () => { let x: any; const o: any = {}; for await (x of [tick()]) ; for await (o[cur()] of [tick()]) ; return Object.keys(o).join() + cur(); }), 'AA');
// ---- async generators
t('gen consumed in B', async () => { const l: any[] = []; const g = A(() => gen(2, l)); await B(async () => { for await (const _ of g) l.push(cur()); l.push(cur()); }); return l.filter((x) => x.length === 1).join(); }, 'B,B,B');
t('gen manual next', () => A(async () => { const l: any[] = []; const g = gen(2, l); await g.next(); await B(() => g.next()); l.push(cur()); await g.return(undefined as any); l.push(cur()); return l.filter((x) => x.length === 1).join(); }), 'A,A');
t('gen scope pollution', () => A(async () => { const g = (async function* () { yield 1; B(() => 0); yield 2; await tick(); yield 3; })(); const l: any[] = []; const p = B(() => g.next()); l.push(cur()); await p; const p2 = C(() => g.next()); l.push(cur()); await p2; const p3 = g.next(); l.push(cur()); await p3; l.push(cur()); return l.join(); }), 'A,A,A,A');
t('gen queued next', () => A(async () => { const g = gen(3); const ps = [g.next(), B(() => g.next()), C(() => g.next()), g.next()]; const l: any[] = []; for (const p of ps) { await p; l.push(cur()); } return l.join(); }), 'A,A,A,A');
t('gen throw()', () => A(async () => { const l: any[] = []; const g = (async function* () { try { yield 1; } catch { l.push(cur()); await tick(); l.push(cur()); yield 2; } finally { await tick(); l.push(cur()); } })(); await g.next(); await g.throw(new Error('e')); await g.next(); l.push(cur()); return l.join(); }), 'A,A,A,A');
t('gen yield promise', () => A(async () => { const l: any[] = []; const g = (async function* () { const x = yield B(() => tick()); l.push(cur()); try { yield B(() => tickFail(1, 1)); } catch { l.push(cur()); } return C(() => tick()); })(); for await (const _ of g) l.push(cur()); return l.join() + cur(); }), 'A,A,AA');
t('yield*', () => A(async () => { const l: any[] = []; const inner = async function* () { await tick(); l.push('i' + cur()); const r: any = yield 1; await tick(); l.push('i' + cur() + r); return 'ret'; }; const outer = async function* (): any { await tick(); const r = yield* inner(); l.push('o' + cur() + r); await tick(); l.push('o' + cur()); yield* [1, 2]; l.push('o' + cur()); }; for await (const _ of outer()) l.push(cur()); l.push(cur()); return l.join(); }), 'iA,A,iAundefined,oAret,oA,A,A,oA,A');
t('gen pipeline', () => A(async () => { const map = async function* (s: any, f: any) { for await (const x of s) yield await f(x); }; const l: any[] = []; for await (const x of map(map(gen(3), async (x: any) => { await tick(); return x + cur(); }), (x: any) => B(async () => { await tick(); return x + cur(); }))) l.push(x); l.push(cur()); return l.join(); }), '0AB,1AB,2AB,A');
t('gen return in finally', () => A(async () => { const l: any[] = []; const g = (async function* () { try { yield 1; } finally { await tick(); l.push(cur()); yield 'x'; l.push(cur()); } })(); await g.next(); l.push((await g.return(9 as any)).value); await g.next(); l.push(cur()); return l.join(); }), 'A,x,A,A');
t('sync gen in async', () => A(async () => { function* g() { yield cur(); yield cur(); } const it = g(); const a = it.next().value; await tick(); return [a, it.next().value, cur()]; }), ['A','A','A']);
// ---- misc
t('await using', () => A(async () => { const l: any[] = []; { await using r = { async [Symbol.asyncDispose]() { await tick(); l.push('d' + cur()); } }; await tick(); l.push(cur()); } l.push(cur()); return l.join(); }), 'A,dA,A');
t('await using throws', () => A(async () => { const l: any[] = []; try { await using r = { async [Symbol.asyncDispose]() { await tick(); l.push('d' + cur()); } }; await tick(); throw 1; } catch { l.push(cur()); } return l.join(); }), 'dA,A');
t('Array.fromAsync', () => A(async () => { const l: any[] = []; await (Array as any).fromAsync([B(() => tick()), 2], async (x: any) => { l.push(cur()); await tick(); l.push(cur()); return x; }); l.push(cur()); return l.join(); }), 'A,A,A,A,A');
t('legacy __awaiter code', () => A(async () => { const aw = function (g: any) { return new Promise((res, rej) => { const step = (r: any) => r.done ? res(r.value) : new Promise((x) => x(r.value)).then((v) => { try { step(it.next(v)); } catch (e) { rej(e); } }, (e) => { try { step(it.throw(e)); } catch (e2) { rej(e2); } }); const it = g(); step(it.next()); }); }; const l: any[] = []; await aw(function* () { yield tick(); l.push(cur()); try { yield tickFail(1, 1); } catch { l.push(cur()); } }); l.push(cur()); return l.join(); }), 'A,A,A');
t('microtask order leak', async () => { const l: any[] = []; const a = A(async () => { await null; l.push(cur()); }); Promise.resolve().then(() => l.push(cur())); const b = B(async () => { await null; l.push(cur()); }); await a; await b; l.push(cur()); return l.join(); }, 'A,root,B,root');
t('unawaited rejections', () => A(async () => { const p = B(async () => { await tick(); throw 1; }); p.catch(() => {}); await tick(3); return cur(); }), 'A');
t('thenable.then() itself runs in scope', () => A(async () => { let s: any; await { then(r: any) { s = cur(); r(1); } }; return [s, cur()]; }), ['A','A']);
t('thenable.then() after stale', () => A(async () => { let s: any; const other = B(async () => { await tick(); await null; }); await tick(); await { then(r: any) { s = cur(); r(1); } }; await other; return [s, cur()]; }), ['A','A']);
t('resolve(thenable) runs in scope', () => A(async () => { let s: any; await new Promise((r) => r({ then(q: any) { s = cur(); q(1); } } as any)); return [s, cur()]; }), ['A','A']);
t('return thenable', () => A(async () => { let s: any; const f = async () => ({ then(q: any) { s = cur(); q(1); } }); await f(); return [s, cur()]; }), ['A','A']);
t('arrow paren/comment bodies', () => A(async () => { const f = async () => /* => ( */ (await tick(), cur()); const g = async () => ({ a: await tick().then(() => cur()), b: cur() }); const h = async (x = { y: 1 }) => ((await tick()), ((cur()))); const r = await g(); return [await f(), r.a, r.b, await h(), cur()]; }), ['A','A','A','A','A']);
t('no leak to host', async () => { await A(async () => { await tick(); }); return cur(); }, 'root');

// ---- order equivalence: log of microtask interleaving, compared with native
const order: string[] = [];
const orderTest = async () => {
  const job = async (n: string) => { order.push(n + 1); await null; order.push(n + 2); await Promise.resolve(); order.push(n + 3); const f = async () => { order.push(n + 'f'); return 1; }; await f(); order.push(n + 4); const g = async () => Promise.resolve(1); await g(); order.push(n + 5); try { await Promise.reject(1); } catch { order.push(n + 6); } await thenable(1); order.push(n + 7); return 2; };
  const ps = [job('a'), Promise.resolve().then(() => order.push('p1')).then(() => order.push('p2')).then(() => order.push('p3')).then(() => order.push('p4')).then(() => order.push('p5')).then(() => order.push('p6')).then(() => order.push('p7')).then(() => order.push('p8')).then(() => order.push('p9')).then(() => order.push('p10')).then(() => order.push('p11')), job('b')];
  await Promise.all(ps);
  order.push('|');
};
const orderTest2 = async () => {
  const g = async function* (n: string) { order.push(n + 'g1'); yield 1; order.push(n + 'g2'); await null; yield Promise.resolve(2); order.push(n + 'g3'); };
  const c = async (n: string) => { for await (const x of g(n)) order.push(n + 'v' + x); order.push(n + 'end'); };
  let chain = Promise.resolve() as Promise<any>; for (let i = 0; i < 25; i++) chain = chain.then(() => order.push('q' + i));
  await Promise.all([c('x'), chain, c('y')]);
};

export async function hardCases(): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  await Promise.all(tests.map(async ([name, fn, expected]) => {
    const wanted = JSON.stringify(expected);
    try {
      const got = JSON.stringify(await run('root', fn));
      results[name] = got === wanted ? 'ok' : `got ${got}, wanted ${wanted}`;
    } catch (error: any) {
      results[name] = `threw ${error?.stack ?? error}`;
    }
  }));
  return results;
}

export async function orderOfAsyncFunctions(): Promise<string[]> {
  await orderTest();
  return order;
}
