import { encodeMessage, type temporal } from '@reprise/proto';
import { failedPrecondition, invalidArgument } from '../../errors.ts';
import { queueProblem } from '../../execution/task-queue.ts';
import type { EndpointSpec, NexusEndpoint } from '../../system/nexus/nexus-endpoints.ts';
import type { RpcContext } from '../rpc.ts';
import { isUuid } from '../../execution/uuid-text.ts';
import { toTimestamp } from '../wire-time.ts';

const namePattern = /^[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]$/;
const shownPattern = '^[a-zA-Z][a-zA-Z0-9\\\\-]*[a-zA-Z0-9]$';
const longestName = 200;
const longestQueue = 1000;
const longestUrl = 4096;
const largestDescription = 20_000;

export const endpointMessage = (endpoint: NexusEndpoint): temporal.api.nexus.v1.Endpoint => ({
  version: endpoint.version,
  id: endpoint.id,
  spec: endpoint.spec,
  urlPrefix: `/nexus/endpoints/${endpoint.id}/services`,
  ...(endpoint.modifiedMs === undefined
    ? { createdTime: toTimestamp(endpoint.createdMs) }
    : { lastModifiedTime: toTimestamp(endpoint.modifiedMs) }),
});

function nameProblems(name: string): string[] {
  if (name === '') return ['endpoint name not set'];
  return [
    ...(name.length > longestName ? [`endpoint name exceeds length limit of ${longestName}`] : []),
    ...(namePattern.test(name) ? [] : [`endpoint name must match the regex: "${shownPattern}"`]),
  ];
}

function urlProblem(url: string): string | undefined {
  if (url === '') return 'empty target URL';
  if (url.length > longestUrl) return `target URL length exceeds limit of ${longestUrl}`;
  const colon = url.indexOf(':');
  const slash = url.indexOf('/');
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(url)) {
    return /^https?:/.test(url)
      ? undefined
      : `invalid target URL scheme: "${url.slice(0, colon)}", expected http or https`;
  }
  if (colon === 0) return `invalid target URL: parse "${url}": missing protocol scheme`;
  if (colon > 0 && (slash < 0 || colon < slash)) {
    return `invalid target URL: parse "${url}": first path segment in URL cannot contain colon`;
  }
  return 'invalid target URL scheme: "", expected http or https';
}

function targetProblems(target: temporal.api.nexus.v1.EndpointTarget | null | undefined, ctx: RpcContext): string[] {
  const { worker, external } = target ?? {};
  if (worker) {
    const missing = worker.namespace ? [] : ['target namespace not set'];
    if (worker.namespace && !ctx.namespaces.byName(worker.namespace))
      throw failedPrecondition(
        `could not verify namespace referenced by target exists: Namespace ${worker.namespace} is not found.`,
      );
    const problem = queueProblem(worker.taskQueue ? { name: worker.taskQueue } : undefined, longestQueue);
    return problem === undefined ? missing : [...missing, `invalid target task queue: ${JSON.stringify(problem)}`];
  }
  const problem = external ? urlProblem(external.url ?? '') : 'empty target variant';
  return problem === undefined ? [] : [problem];
}

/** @throws ServiceError INVALID_ARGUMENT with all that is wrong, or FAILED_PRECONDITION for an unknown namespace */
export function checkEndpointSpec(spec: EndpointSpec | null | undefined, ctx: RpcContext): EndpointSpec {
  const problems = [...nameProblems(spec?.name ?? ''), ...targetProblems(spec?.target, ctx)];
  const hasTarget = Boolean(spec?.target?.worker ?? spec?.target?.external);
  const { description } = spec ?? {};
  const descriptionBytes = description ? encodeMessage('temporal.api.common.v1.Payload', description).length : 0;
  if (hasTarget && descriptionBytes > largestDescription) {
    problems.push(`description size exceeds limit of ${largestDescription}`);
  }
  if (problems.length > 0) throw invalidArgument(problems.join(', '));
  return spec ?? {};
}

function idProblems(id: string): string[] {
  if (id === '') return ['endpoint ID not set'];
  if (isUuid(id)) return [];
  const hasLength = [32, 36, 38, 45].includes(id.length);
  const problem = hasLength ? 'invalid UUID format' : `invalid UUID length: ${id.length}`;
  return [`malformed endpoint ID: ${JSON.stringify(problem)}`];
}

/** @throws ServiceError INVALID_ARGUMENT with all that is wrong */
export function checkEndpointId(id: string | null | undefined, further: readonly string[] = []): string {
  const problems = [...idProblems(id ?? ''), ...further];
  if (problems.length > 0) throw invalidArgument(problems.join(', '));
  return id ?? '';
}
