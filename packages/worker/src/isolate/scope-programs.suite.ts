/** Random async programs for tests: the same text runs in an isolate and, over AsyncLocalStorage, in Node. */
export interface ScopeProgram {
  /** Body of a function of `L` (notes the scope at a point), `run`, `tick`, `tickFail` and `jobs`. */
  body: string;
}

type Random = () => number;

/** A small generator of numbers for tests; the same seed gives the same program. */
function randomOf(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Writer {
  readonly #random: Random;
  #points = 0;
  #names = 0;
  #budget = 50;

  constructor(seed: number) {
    this.#random = randomOf(seed);
  }

  program(tasks: number): string {
    return Array.from({ length: tasks }, (_, task) => {
      this.#budget = 50;
      return `jobs.push(run('t${task}',async()=>{${this.#body(0, false)}}));`;
    }).join('\n');
  }

  #pick<T>(choices: readonly T[]): T {
    const choice = choices[Math.floor(this.#random() * choices.length)];
    if (choice === undefined) throw new Error('There is nothing to pick from');
    return choice;
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #number(below: number): number {
    return Math.floor(this.#random() * below);
  }

  #note(): string {
    return `L(${this.#points++});`;
  }

  #body(depth: number, inGenerator: boolean): string {
    return Array.from({ length: 1 + this.#number(3) }, () => this.#statement(depth, inGenerator)).join('');
  }

  #await(): string {
    return this.#pick([
      () => 'await null',
      () => `await tick(${1 + this.#number(3)})`,
      () => 'await Promise.resolve(1)',
      () => `await tick(1).then((x)=>{${this.#note()}return x})`,
      () => `await {then(a){${this.#note()}a(1)}}`,
      () => `await Promise.all([tick(${1 + this.#number(3)}),null])`,
      () => `await new Promise((a)=>{${this.#note()}tick(1).then(a)})`,
    ])();
  }

  #statement(depth: number, inGenerator: boolean): string {
    if (this.#budget-- <= 0 || depth > 5) return this.#note();
    const inner = (): string => this.#body(depth + 1, inGenerator);
    const plain = (): string => this.#body(depth + 1, false);
    return this.#pick([
      ...this.#awaits(inner, plain),
      ...this.#scopes(inner, plain),
      ...this.#loops(inner, depth),
      ...(inGenerator ? this.#yields(inner) : []),
    ])();
  }

  #awaits(inner: () => string, plain: () => string): (() => string)[] {
    return [
      () => `${this.#await()};${this.#note()}`,
      () => this.#note(),
      () =>
        `try{${inner()}await tickFail(${1 + this.#number(2)},1);${this.#note()}}catch{${this.#note()}${inner()}}finally{${this.#note()}${this.#chance(0.4) ? inner() : ''}}${this.#note()}`,
      () => `try{${inner()}}finally{${this.#note()}${inner()}}${this.#note()}`,
      () => `await tick(1).then(async()=>{${plain()}}).finally(()=>{${this.#note()}});${this.#note()}`,
      () => `await Promise.race([tick(1),tick(9)]);${this.#note()}`,
      () => `switch(${this.#await()}){default:${this.#note()}${inner()}}`,
    ];
  }

  #scopes(inner: () => string, plain: () => string): (() => string)[] {
    const scope = (): string => `'s${this.#number(5)}'`;
    return [
      () => `await run(${scope()},async()=>{${plain()}});${this.#note()}`,
      () => `try{await run(${scope()},async()=>{${plain()}throw 1});}catch{${this.#note()}}`,
      () => `{const p=run(${scope()},()=>(async()=>{${plain()}})());${this.#note()}${inner()}await p;${this.#note()}}`,
      () => `await Promise.all([(async()=>{${plain()}})(),run(${scope()},async()=>{${plain()}})]);${this.#note()}`,
      () => {
        const name = `C${this.#names++}`;
        return `class ${name}{async m(x=L(${this.#points++})){${plain()}return this}static async s(){${plain()}}};await (await new ${name}().m());await ${name}.s();${this.#note()}`;
      },
      () => {
        const name = `f${this.#names++}`;
        return `const ${name}=async(n)=>{${this.#note()}if(n>0){await ${name}(n-1);${this.#note()}}${this.#await()};${this.#note()}return n};await ${name}(${1 + this.#number(2)});${this.#note()}`;
      },
    ];
  }

  #loops(inner: () => string, depth: number): (() => string)[] {
    return [
      () => `for(let i=0;i<2;i++){${inner()}${this.#chance(0.3) ? 'if(i===0)continue;' : ''}${this.#note()}}`,
      () =>
        `for await(const x of [1,tick(1),run('s7',()=>tick(2))]){${this.#note()}${this.#chance(0.3) ? `${this.#await()};` : ''}${this.#note()}}${this.#note()}`,
      () => {
        const name = `g${this.#names++}`;
        const body =
          this.#body(depth + 1, true) +
          `yield 1;${this.#note()}` +
          this.#body(depth + 1, true) +
          `yield tick(1);${this.#note()}`;
        const rest = this.#chance(0.3) ? `yield* [1,2];${this.#note()}` : '';
        const source = this.#chance(0.3) ? `run('s9',()=>${name}())` : `${name}()`;
        const exit = this.#chance(0.25) ? 'break;' : this.#chance(0.2) ? 'continue;' : '';
        return `const ${name}=async function*(){${body}${rest}};for await(const x of ${source}){${this.#note()}${inner()}${exit}}${this.#note()}`;
      },
    ];
  }

  #yields(inner: () => string): (() => string)[] {
    return [
      () => `yield ${this.#pick(['1', 'tick(1)', 'await tick(1)'])};${this.#note()}`,
      () => `try{yield 2;${this.#note()}${inner()}}finally{${this.#note()}${this.#await()};${this.#note()}}`,
    ];
  }
}

export function scopeProgram(seed: number): ScopeProgram {
  return { body: new Writer(seed * 7919).program(4) };
}
