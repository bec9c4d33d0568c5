import { invalidArgument } from '../../errors.ts';
import { payloadsBytes } from '../../execution/payload-size.ts';
import { signal } from '../../execution/decide/signal.ts';
import { checkLinks } from './check-links.ts';
import { checkExecution, requestRun } from '../request-run.ts';
import type { WorkflowHandler } from '../rpc.ts';
import { byteLength } from '../validate.ts';

export const signalWorkflowExecution: WorkflowHandler<'signalWorkflowExecution'> = async (request, ctx) => {
  const most = ctx.config.get('limit.maxIDLength');
  checkExecution(request.workflowExecution);
  if (!request.signalName) throw invalidArgument('SignalName is not set on request.');
  if (byteLength(request.signalName) > most) throw invalidArgument('SignalName length exceeds limit.');
  if (byteLength(request.requestId ?? '') > most) throw invalidArgument('RequestId length exceeds limit.');
  checkLinks(ctx, request.links);
  if (payloadsBytes(request.input) > ctx.config.get('limit.blobSize.error'))
    throw invalidArgument('Blob data size exceeds limit.');
  const run = requestRun(ctx, request.workflowExecution);
  const { signalName, input, identity, header, links } = request;
  await ctx.engine.commit(() =>
    ctx.engine.transact(run, (t) =>
      signal(t, {
        requestId: request.requestId ?? '',
        links,
        attributes: {
          signalName,
          ...(input ? { input } : {}),
          ...(identity ? { identity } : {}),
          ...(header ? { header } : {}),
        },
      }),
    ),
  );
  return {};
};
