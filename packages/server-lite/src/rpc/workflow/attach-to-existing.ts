import type { AttributesOf } from '../../execution/event-kinds.ts';
import type { RunRef } from '../../execution/run-ref.ts';
import type { RpcContext } from '../rpc.ts';
import { storedCallbacks } from './stored-callbacks.ts';
import type { StartRequest } from './start-request.ts';

/**
 * A request that is content with the run that is there may leave something with it: its request id, callbacks, links.
 *
 * @returns the request id, when it was attached
 */
export function attachToExisting(ctx: RpcContext, run: RunRef, request: StartRequest): string | undefined {
  const options = request.onConflictOptions;
  if (!options) return undefined;
  const requestId = request.requestId ?? '';
  const attributes: AttributesOf<'optionsUpdated'> = {};
  if (options.attachRequestId) attributes.attachedRequestId = requestId;
  if (options.attachCompletionCallbacks) {
    attributes.attachedCompletionCallbacks = storedCallbacks(request.completionCallbacks);
  }
  const links = options.attachLinks ? request.links : undefined;
  ctx.engine.transact(run, (t) => void t.record('optionsUpdated', attributes, { links, workerMayIgnore: true }));
  return options.attachRequestId ? requestId : undefined;
}
