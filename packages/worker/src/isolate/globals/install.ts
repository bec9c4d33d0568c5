/** Makes a fresh context deterministic. One file for each global that is tamed, provided or removed. */
import type { CurrentRun } from '@reprise/workflow/runtime';
import { AbortController, AbortSignal, DOMException, Event, EventTarget } from './abort.ts';
import { removeUnknown } from './known-globals.ts';
import { tameArrayFromAsync } from './array-from-async.ts';
import { makeAssert } from './assert.ts';
import { makeConsole } from './console.ts';
import { makeCrypto } from './crypto.ts';
import { tameDate } from './date.ts';
import { tameErrors } from './errors.ts';
import { format, inspect } from './inspect.ts';
import { tameIntl, type IntlDefaults } from './intl.ts';
import { tameMath } from './math.ts';
import { replace, type Sources } from './realm.ts';
import { tameRegExp } from './regexp.ts';
import { structuredClone } from './structured-clone.ts';
import { tameTemporal } from './temporal.ts';
import { TextDecoder, TextEncoder } from './text-encoding.ts';
import { provideTimers } from './timers.ts';
import { makeUrl, type ParseUrl } from './url.ts';
import { URLSearchParams } from './url-search-params.ts';
import { tameWeakReferences } from './weak-references.ts';
import { deepStrictEqual } from './deep-equal.ts';

export interface Surroundings extends Sources {
  requireRun: () => CurrentRun;
  /** The run, or undefined while no run is active; for logging. */
  run: () => CurrentRun | undefined;
  violation: (message: string) => Error;
  parseUrl: ParseUrl;
  AsyncLocalStorage: unknown;
  defaults: IntlDefaults;
}

/** The modules of Node that have a deterministic version, by name. */
export type ProvidedBuiltins = Readonly<Record<'assert' | 'url' | 'util', unknown>>;

export function installGlobals(realm: typeof globalThis, surroundings: Surroundings): ProvidedBuiltins {
  const { defaults, run } = surroundings;
  removeUnknown(realm);
  tameErrors(realm);
  tameRegExp(realm);
  tameDate(realm, surroundings);
  tameMath(realm, surroundings);
  tameIntl(realm, surroundings, defaults);
  tameTemporal(realm, surroundings, defaults.timeZone);
  tameWeakReferences(realm, surroundings.violation);
  tameArrayFromAsync(realm);
  provideTimers(realm, surroundings.requireRun);
  const assert = makeAssert();
  const URL = makeUrl(surroundings.parseUrl);
  const provided: Record<string, unknown> = {
    AbortController,
    AbortSignal,
    DOMException,
    Event,
    EventTarget,
    TextDecoder,
    TextEncoder,
    URL,
    URLSearchParams,
    assert,
    structuredClone,
    AsyncLocalStorage: surroundings.AsyncLocalStorage,
    console: makeConsole((level, text) => run()?.console(level, [text])),
    crypto: makeCrypto(surroundings),
  };
  for (const [name, value] of Object.entries(provided)) replace(realm, name, value);
  return { assert, url: { URL, URLSearchParams }, util: utilModule() };
}

function utilModule(): object {
  return {
    TextDecoder,
    TextEncoder,
    inspect: (value: unknown) => inspect(value),
    format: (...args: unknown[]) => format(args),
    isDeepStrictEqual: (a: unknown, b: unknown) => deepStrictEqual(a, b),
    inherits(constructor: { prototype: object }, parent: { prototype: object }): void {
      Object.setPrototypeOf(constructor.prototype, parent.prototype);
    },
    deprecate: (fn: unknown) => fn,
  };
}
