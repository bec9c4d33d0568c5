/**
 * Freezes everything that runs in one context share: all that can be reached from the global object, and the global
 * object itself. What is frozen can still be overridden in the code's own objects: a property that code commonly assigns
 * on its own objects (`this.name = ...`, `generator[Symbol.iterator] = ...`) becomes an accessor that defines it there.
 */
import { shareErrorConstructor } from './errors.ts';
import { disguise, replace } from './realm.ts';

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

/** Buffers made for browsers override nearly all of it. */
const BYTES_KEPT: readonly PropertyKey[] = [
  'constructor',
  'length',
  'buffer',
  'byteLength',
  'byteOffset',
  'set',
  'subarray',
  Symbol.iterator,
];

/** What has been frozen so far. */
export interface Frozen {
  readonly seen: Set<object>;
  /** The constructor that V8 knows, and the one that runs see. */
  readonly errors: { readonly native: object; readonly shared: object };
}

type Realm = Record<string, { prototype?: object } | undefined>;

/** Gives what has been frozen, for freezing more. */
export function harden(realm: typeof globalThis): Frozen {
  const named = realm as unknown as Realm;
  const hidden: unknown[] = [];
  const errors = shareErrorConstructor(realm);
  for (const name of WHOLE) hidden.push(...mendPrototype(named[name]?.prototype, []));
  for (const [name, kept] of Object.entries(KEPT)) hidden.push(...mendPrototype(named[name]?.prototype, kept));
  const roots = hiddenRoots();
  for (const root of roots) hidden.push(...mendPrototype(root, ['next']));
  // Texts that are marked as safe are made of strings.
  hidden.push(...mendProperties(realm.String.prototype, ['toString', 'valueOf']));
  const bytes = Object.getPrototypeOf(Uint8Array) as { prototype: object };
  hidden.push(...mendPrototype(bytes.prototype, BYTES_KEPT));
  // `Own.from = ...`, where `Own` extends one of these.
  for (const constructor of [bytes, realm.Array]) hidden.push(...mendProperties(constructor, ['from', 'of']));
  const seen = new Set<object>([errors.native, errors.shared]);
  const frozen: Frozen = { seen, errors };
  for (const value of [...hidden, ...roots]) freezeAll(value, frozen);
  hardenSegmentsLate(realm, frozen);
  for (const key of Reflect.ownKeys(realm)) freezeProperty(realm, key, frozen);
  freezeAll(Object.getPrototypeOf(realm), frozen);
  freezeProperty(new Error('its own properties'), 'stack', frozen);
  freezeErrorConstructor(errors.native, frozen);
  Object.freeze(realm);
  return frozen;
}

type Segment = (this: unknown, text: string) => Intl.Segments;

/**
 * Nothing but `segment` leads to the prototypes of what it gives. To make one loads tables that take longer than all the
 * rest, and few workflows segment texts: they are frozen before the first run gets one.
 */
function hardenSegmentsLate(realm: typeof globalThis, frozen: Frozen): void {
  const { prototype } = realm.Intl.Segmenter;
  const native: Segment = Reflect.get(prototype, 'segment');
  let isHard = false;
  const tamed: { segment: Segment } = {
    segment(text) {
      const segments = Reflect.apply(native, this, [text]);
      if (isHard) return segments;
      isHard = true;
      const made = [segments, segments[Symbol.iterator]()];
      const roots = made.map((value) => Object.getPrototypeOf(value) as object);
      const hidden = roots.flatMap((root) => mendPrototype(root, ['next']));
      for (const value of [...hidden, ...roots]) freezeAll(value, frozen);
      return segments;
    },
  };
  replace(prototype, 'segment', disguise(tamed.segment, native));
}

/** Prototypes that no global names. */
function hiddenRoots(): object[] {
  const iterators = [
    [][Symbol.iterator](),
    new Map().entries(),
    new Set().values(),
    ''[Symbol.iterator](),
    'a'.matchAll(/a/g),
    ...iteratorHelpers(),
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

/** What iterator helpers give, for any iterator and for one that is none by birth. */
function iteratorHelpers(): object[] {
  const constructor = Reflect.get(globalThis, 'Iterator') as { from(iterator: object): object };
  const map = Reflect.get([].values(), 'map') as (mapper: (item: unknown) => unknown) => object;
  return [
    Reflect.apply(map, [].values(), [(item: unknown) => item]),
    constructor.from({ next: () => ({ done: true }) }),
  ];
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

function mendProperties(owner: object | undefined, keys: readonly PropertyKey[]): unknown[] {
  if (owner === undefined) return [];
  const others = Reflect.ownKeys(owner).filter((key) => !keys.includes(key));
  return mendPrototype(owner, others);
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

function freezeProperty(owner: object, key: PropertyKey, frozen: Frozen): void {
  const descriptor = Reflect.getOwnPropertyDescriptor(owner, key);
  if (descriptor === undefined) return;
  if ('value' in descriptor) freezeAll(descriptor.value, frozen);
  else {
    freezeAll(descriptor.get, frozen);
    freezeAll(descriptor.set, frozen);
  }
}

/** Freezes a value and all that it leads to, without recursion: the graph is deep. */
function freezeAll(root: unknown, { seen, errors }: Frozen): void {
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
    let prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === errors.native) Object.setPrototypeOf(value, (prototype = errors.shared));
    if (prototype !== null && !seen.has(prototype as object)) pending.push(prototype);
    const keys = Reflect.ownKeys(value);
    // Most are functions with nothing but a length and a name.
    if (typeof value !== 'function' || keys.length > 2) {
      for (const key of keys) {
        const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
        if (descriptor === undefined) continue;
        if (ArrayBuffer.isView(descriptor.value)) lendBytes(value, key, descriptor.value);
        else if ('value' in descriptor) {
          if (typeof descriptor.value === 'object' || typeof descriptor.value === 'function')
            pending.push(descriptor.value);
        } else pending.push(descriptor.get, descriptor.set);
      }
    }
    if (!ArrayBuffer.isView(value)) Object.freeze(value);
  }
}

/** Bytes cannot be frozen: each reader gets its own. */
function lendBytes(owner: object, key: PropertyKey, bytes: ArrayBufferView): void {
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`Runs would share what ${String(key)} holds`);
  const get = Object.freeze(() => bytes.slice());
  Object.defineProperty(owner, key, { get, enumerable: true, configurable: false });
}

/** Freezes a module's exports and what they lead to, also where they are read through getters. */
export function freezeExports(exported: object, frozen: Frozen): void {
  for (const key of Reflect.ownKeys(exported)) freezeAll(Reflect.get(exported, key), frozen);
  freezeAll(exported, frozen);
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
function freezeErrorConstructor(constructor: object, frozen: Frozen): void {
  for (const key of Reflect.ownKeys(constructor)) {
    freezeProperty(constructor, key, frozen);
    if (key !== 'stackTraceLimit')
      Object.defineProperty(constructor, key, notWritable(Reflect.getOwnPropertyDescriptor(constructor, key)));
  }
  Object.preventExtensions(constructor);
}

function notWritable(descriptor: PropertyDescriptor | undefined): PropertyDescriptor {
  return descriptor !== undefined && 'value' in descriptor
    ? { writable: false, configurable: false }
    : { configurable: false };
}
