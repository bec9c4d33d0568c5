import type { MethodDefinition } from '@reprise/proto';
import type { CallPath } from './call-path.ts';

/** A raw service: a function for each of its methods. */
export type RawService<Methods> = {
  readonly [Name in keyof Methods]: Methods[Name] extends MethodDefinition<infer Request, infer Response>
    ? (request: Request) => Promise<Response>
    : never;
};

/** The methods of a service as functions over a call path. */
export function rawService<Methods extends object>(methods: Methods, path: CallPath): RawService<Methods> {
  const entries = Object.entries(methods as Record<string, MethodDefinition>).map(([name, method]) => [
    name,
    (request: object) => path.call(method, request),
  ]);
  return Object.fromEntries(entries) as RawService<Methods>;
}
