/**
 * Freezes everything that runs in one context share: all that can be reached from the global object, and the global
 * object itself. What is frozen can still be overridden in the code's own objects: a property that code commonly assigns
 * on its own objects (`this.name = ...`, `generator[Symbol.iterator] = ...`) becomes an accessor that defines it there.
 */
const ERRORS = [
  'Error',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
  'AggregateError',
  'SuppressedError',
];
const WHOLE = [
  'Object',
  'Function',
  'Date',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'Iterator',
  'AsyncIterator',
  'URL',
  'URLSearchParams',
  ...ERRORS,
];

/** What V8 looks up in its fast paths: as accessors they would slow down every array and every await. */
const KEPT: Readonly<Record<string, readonly PropertyKey[]>> = {
  Array: ['constructor', 'length', Symbol.iterator],
  Promise: ['constructor', 'then'],
};

type Realm = Record<string, { prototype?: object } | undefined>;

/** Gives what has been frozen, for freezing more. */
export function harden(realm: typeof globalThis): Set<object> {
  const named = realm as unknown as Realm;
  const hidden: unknown[] = [];
  for (const name of WHOLE) hidden.push(...mendPrototype(named[name]?.prototype, []));
  for (const [name, kept] of Object.entries(KEPT)) hidden.push(...mendPrototype(named[name]?.prototype, kept));
  for (const root of hiddenRoots()) hidden.push(...mendPrototype(root, []));
  const seen = new Set<object>([realm.Error]);
  for (const value of hidden) freezeAll(value, seen);
  for (const root of hiddenRoots()) freezeAll(root, seen);
  for (const key of Reflect.ownKeys(realm)) freezeProperty(realm, key, seen);
  freezeErrorConstructor(realm, seen);
  Object.freeze(realm);
  return seen;
}

/** Prototypes that no global names. */
function hiddenRoots(): object[] {
  const iterators = [
    [][Symbol.iterator](),
    new Map().entries(),
    new Set().values(),
    ''[Symbol.iterator](),
    'a'.matchAll(/a/g),
  ];
  const functions = [
    async () => {},
    function* () {},
    Reflect.construct(Function, ['return async function*(){}'])() as object,
  ];
  const prototypes = [...iterators, ...functions].map((value) => Object.getPrototypeOf(value) as object);
  const generators = functions
    .slice(1)
    .flatMap((fn) => [
      Reflect.get(fn, 'prototype') as object,
      Object.getPrototypeOf(Reflect.get(fn, 'prototype')) as object,
    ]);
  return [...prototypes, ...generators.slice(1)];
}

/** Gives the values that are behind accessors now. */
function mendPrototype(prototype: object | undefined, kept: readonly PropertyKey[]): unknown[] {
  if (prototype === undefined) return [];
  const hidden: unknown[] = [];
  for (const key of Reflect.ownKeys(prototype)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(prototype, key);
    if (kept.includes(key) || descriptor === undefined || descriptor.configurable !== true || !('value' in descriptor))
      continue;
    mend(prototype, key, descriptor);
    hidden.push(descriptor.value);
  }
  return hidden;
}

function mend(prototype: object, key: PropertyKey, descriptor: PropertyDescriptor): void {
  const value: unknown = descriptor.value;
  const accessors = {
    get(): unknown {
      return value;
    },
    set(this: unknown, assigned: unknown): void {
      if (this === prototype || (typeof this !== 'object' && typeof this !== 'function') || this === null) {
        throw new TypeError(`Cannot assign to '${String(key)}' of a builtin: it is shared by all workflow runs`);
      }
      Object.defineProperty(this, key, { value: assigned, writable: true, enumerable: true, configurable: true });
    },
  };
  // By this mark, libraries that look for builtins see through an accessor that stands for a plain property.
  Object.defineProperty(accessors.get, 'originalValue', { value });
  Object.defineProperty(prototype, key, {
    ...accessors,
    enumerable: descriptor.enumerable ?? false,
    configurable: false,
  });
}

function freezeProperty(owner: object, key: PropertyKey, seen: Set<object>): void {
  const descriptor = Reflect.getOwnPropertyDescriptor(owner, key);
  if (descriptor === undefined) return;
  if ('value' in descriptor) freezeAll(descriptor.value, seen);
  else {
    freezeAll(descriptor.get, seen);
    freezeAll(descriptor.set, seen);
  }
}

/** Freezes a value and all that it leads to, without recursion: the graph is deep. */
function freezeAll(root: unknown, seen: Set<object>): void {
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (
      (typeof value !== 'object' && typeof value !== 'function') ||
      value === null ||
      seen.has(value) ||
      value === globalThis
    )
      continue;
    seen.add(value);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && !seen.has(prototype as object)) pending.push(prototype);
    const keys = Reflect.ownKeys(value);
    // Most are functions with nothing but a length and a name.
    if (typeof value !== 'function' || keys.length > 2) {
      for (const key of keys) {
        const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
        if (descriptor === undefined) continue;
        if ('value' in descriptor) {
          if (typeof descriptor.value === 'object' || typeof descriptor.value === 'function')
            pending.push(descriptor.value);
        } else pending.push(descriptor.get, descriptor.set);
      }
    }
    if (!ArrayBuffer.isView(value)) Object.freeze(value);
  }
}

/** Freezes a module's exports and what they lead to, also where they are read through getters. */
export function freezeExports(exported: object, seen: Set<object>): void {
  for (const key of Reflect.ownKeys(exported)) freezeAll(Reflect.get(exported, key), seen);
  freezeAll(exported, seen);
}

/**
 * Freezes the list of exports of a shared module of the user's. What it exports stays as it is: many libraries complete
 * their classes and fill their caches when they are first used.
 */
export function freezeShared(exported: unknown): void {
  if (typeof exported === 'object' && exported !== null && Reflect.get(exported, '__esModule') === true)
    Object.freeze(exported);
}

/** All of `Error` but `stackTraceLimit`, which V8 reads as a plain property. */
function freezeErrorConstructor(realm: typeof globalThis, seen: Set<object>): void {
  for (const key of Reflect.ownKeys(realm.Error)) {
    freezeProperty(realm.Error, key, seen);
    if (key !== 'stackTraceLimit')
      Object.defineProperty(realm.Error, key, notWritable(Reflect.getOwnPropertyDescriptor(realm.Error, key)));
  }
  Object.preventExtensions(realm.Error);
}

function notWritable(descriptor: PropertyDescriptor | undefined): PropertyDescriptor {
  return descriptor !== undefined && 'value' in descriptor
    ? { writable: false, configurable: false }
    : { configurable: false };
}
