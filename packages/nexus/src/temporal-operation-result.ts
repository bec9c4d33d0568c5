import { HandlerStartOperationResult } from 'nexus-rpc';

const inner: unique symbol = Symbol('reprise.operationResult');

/** What the start function of a `TemporalOperationHandler` returns. Made by `sync` and `async`. */
export interface TemporalOperationResult<T> {
  readonly [inner]: HandlerStartOperationResult<T>;
}

export const TemporalOperationResult = {
  /** The operation is done, and this is its result. */
  sync<T>(value: T): TemporalOperationResult<T> {
    return { [inner]: HandlerStartOperationResult.sync(value) };
  },
  /** The operation goes on; `token` names it. */
  async<T = unknown>(token: string): TemporalOperationResult<T> {
    return { [inner]: HandlerStartOperationResult.async(token) };
  },
};

/** The result as nexus-rpc has it. */
export function handlerResult<T>(result: TemporalOperationResult<T>): HandlerStartOperationResult<T> {
  return result[inner];
}
