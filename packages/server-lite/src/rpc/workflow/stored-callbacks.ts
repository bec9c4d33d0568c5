import type { temporal } from '@reprise/proto';

type Callback = temporal.api.common.v1.Callback;

/** As they are kept and shown: names of headers are in lower case. */
export const storedCallbacks = (callbacks: readonly Callback[] | null | undefined): Callback[] =>
  (callbacks ?? []).map((callback) =>
    callback.nexus?.header
      ? { ...callback, nexus: { ...callback.nexus, header: lowerCased(callback.nexus.header) } }
      : callback,
  );

const lowerCased = (header: { readonly [name: string]: string }): { [name: string]: string } =>
  Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), value]));
