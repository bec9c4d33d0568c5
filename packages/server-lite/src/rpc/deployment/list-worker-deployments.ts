import type { DeploymentRecord, VersionRecord } from '../../system/deployment/deployment-record.ts';
import { versionOf } from '../../system/deployment/deployment-record.ts';
import { PagePlace, writePageToken } from '../../page-token.ts';
import { routingMessage, versionSummary } from './deployment-message.ts';
import { requireNamespace, type RpcContext, type WorkflowHandler } from '../rpc.ts';
import { toTimestamp } from '../wire-time.ts';

const defaultPageSize = 100;

function summary(ctx: RpcContext, record: DeploymentRecord) {
  const show = (name: string, version: VersionRecord | undefined) =>
    version ? { [name]: versionSummary(ctx, record, version) } : {};
  const { current, ramping } = record.routing;
  return {
    name: record.name,
    createTime: toTimestamp(record.createMs),
    routingConfig: routingMessage(record),
    ...show('latestVersionSummary', [...record.versions].sort((a, b) => b.createMs - a.createMs)[0]),
    ...show('currentVersionSummary', versionOf(record, current)),
    ...show('rampingVersionSummary', ramping ? versionOf(record, ramping) : undefined),
  };
}

/** Newest first. The token says what was shown last. */
export const listWorkerDeployments: WorkflowHandler<'listWorkerDeployments'> = async (request, ctx) => {
  const after = PagePlace.read(request.nextPageToken);
  const [afterMs, afterName] = after ? [after.number('createMs'), after.text('name')] : [Infinity, ''];
  const newestFirst = ctx.system.deployments.list(requireNamespace(ctx).id).sort((a, b) => b.createMs - a.createMs);
  const rest = newestFirst.filter(
    ({ createMs, name }) => createMs < afterMs || (createMs === afterMs && name > afterName),
  );
  const page = rest.slice(0, request.pageSize || defaultPageSize);
  const last = page.at(-1);
  return {
    workerDeployments: page.map((record) => summary(ctx, record)),
    ...(last && rest.length > page.length
      ? { nextPageToken: writePageToken({ createMs: last.createMs, name: last.name }) }
      : {}),
  };
};
