/**
 * The part of a bundle that evaluates its modules. It is called with what makes the list of module functions, the getters
 * of special modules, the ids of the modules that all runs share, the table of exports of each ES module, and names of globals.
 *
 * `q` gives what `require` would: the exports of a CommonJS module, the namespace of an ES module. Special modules have
 * negative numbers. A module that throws is forgotten, as Node does, so that the error comes again. `require.resolve` gives
 * back the name: a file that is shared with code outside may pass what it finds to a worker there.
 *
 * An ES module is evaluated once per instance, by `l`, and hands over a function that reads its exports by number: so a run
 * pays for no list of exports unless it asks for the namespace. `g` reads one export, evaluating the module first if need
 * be. `k` gives a constant that is made at its first use. `n` is what Node's own ES modules see of a CommonJS module: its
 * exports are the default, whatever they say of themselves.
 *
 * `G` names the builtin objects that libraries add to: each instance has its own.
 *
 * Modules of `S` have one instance for all runs. The runtime sees to it that whatever they do at once or late is done
 * outside of any run, and freezes what they export.
 */
export const LOADER = `
((M,P,S,T,G)=>(p)=>{
const D=M(p.capture,p.set,p.resume,p.guard,p.executor,Object),u=Object.freeze({});
for(const f of D){f.prototype=undefined;Object.freeze(f)}
const MODULE=Object.freeze(Object.defineProperty({},'__esModule',{value:true}));
const $require=(name)=>{throw Object.assign(new Error("Cannot require '"+name+"': workflow code is bundled, so a module must be named by a literal."),{code:'MODULE_NOT_FOUND'})};
Object.freeze(Object.defineProperty($require,'resolve',{value:Object.freeze((name)=>String(name))}));
const asDefault=Object.freeze((value)=>p.provided('helper:_interop_require_default')._(value));
const asNamespace=Object.freeze((value)=>p.provided('helper:_interop_require_wildcard')._(value));
const asIs=Object.freeze((value)=>value);
const instantiate=(globalThis,isShared)=>{
const I=[],R=[],N=[];
for(const name of G){
const builtin=globalThis[name],own=globalThis[name]={};
for(const key of Object.getOwnPropertyNames(builtin))Object.defineProperty(own,key,{value:builtin[key],writable:true,configurable:true})}
const isElsewhere=(id)=>!isShared&&p.sharing&&S.has(id);
const evaluate=isShared?(make)=>p.evaluateShared(make,q):(make)=>make();
const evaluated=(id)=>{
const made=I[id]={exports:{}};
try{D[id].call(made.exports,made,made.exports,q,n,globalThis,$require,globalThis)}catch(e){I[id]=undefined;throw e}
return made.exports};
const q=(id)=>{
if(id<0)return P[~id](p,globalThis);
if(T[id]!==0)return namespace(id);
if(isElsewhere(id))return shared()(id);
const m=I[id];
return m!==undefined?m.exports:evaluate(()=>evaluated(id))};
const loaded=(id)=>{
try{D[id].call(undefined,(reader)=>{R[id]??=Object.freeze(reader)},q,n,l,g,k,u,asDefault,asNamespace,asIs,globalThis,$require,globalThis)}catch(e){R[id]=undefined;throw e}
return R[id]};
const l=(id)=>{
const r=R[id];
if(r!==undefined)return r;
if(isElsewhere(id))return R[id]=shared().reader(id);
return evaluate(()=>loaded(id))};
const g=(id,slot)=>{const r=R[id];return(r!==undefined?r:l(id))(slot)};
const k=(value,make)=>value===u?evaluate(make):value;
const namespace=(id)=>{
if(N[id]!==undefined)return N[id];
if(isElsewhere(id))return N[id]=shared()(id);
l(id);
if(N[id]!==undefined)return N[id];
const s=N[id]=Object.create(MODULE),t=T[id];
const add=(key,get)=>{if(!Object.hasOwn(s,key))Object.defineProperty(s,key,{enumerable:true,get:Object.freeze(get)})};
for(let i=0;i<t.length;i+=3){
const key=t[i],from=t[i+1],slot=t[i+2];
if(key===null){const e=g(from,slot);for(const name of Object.keys(e))if(name!=='default')add(name,()=>e[name])}
else add(key,slot<0?()=>namespace(from):()=>g(from,slot))}
return Object.freeze(s)};
const n=(id)=>{
if(N[id]!==undefined)return N[id];
const e=q(id),s=N[id]={default:e};
Object.defineProperty(s,'__esModule',{value:true});
if(e!==null&&(typeof e==='object'||typeof e==='function'))for(const k of Object.keys(e))if(k!=='default'&&k!=='__esModule')Object.defineProperty(s,k,{enumerable:true,get:()=>e[k]});
return s};
q.reader=l;
q.exports=()=>[...I.flatMap((m)=>m===undefined?[]:[m.exports]),...N.filter((s)=>s!==undefined)];
q.namespaces=()=>T.flatMap((t,id)=>t!==0&&R[id]!==undefined?[namespace(id)]:[]);
return q};
let sharedQ;
const shared=()=>sharedQ??=p.evaluateShared(()=>instantiate(p.sharedGlobal(),true));
return instantiate;
})(
`.trim();

/** What the function of an ES module takes, in the order in which the loader gives it. */
export const ESM_PARAMETERS = '__rx,__rq,__rn,__rl,__rg,__rk,__ru,__rd,__rw,__rv,globalThis,require';
/** The same of a CommonJS module. */
export const COMMONJS_PARAMETERS = 'module,exports,__q,__n,globalThis,require';
