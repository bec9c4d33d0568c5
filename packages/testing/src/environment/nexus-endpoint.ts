import type { Connection } from '@reprise/client';
import type { temporal } from '@reprise/proto';

/** What names a Nexus endpoint to those who change it. */
export interface NexusEndpointIdentifier {
  readonly id: string;
  readonly version: number;
  readonly raw: temporal.api.nexus.v1.Endpoint;
}

/** Creates an endpoint whose operations the workers of a task queue handle. */
export async function createNexusEndpoint(
  connection: Connection,
  { name, namespace, taskQueue }: { name: string; namespace: string; taskQueue: string },
): Promise<NexusEndpointIdentifier> {
  const spec = { name, target: { worker: { namespace, taskQueue } } };
  const { endpoint } = await connection.operatorService.createNexusEndpoint({ spec });
  if (!endpoint?.id) throw new Error(`expected the server to answer with the endpoint '${name}', found none`);
  return { id: endpoint.id, version: Number(endpoint.version ?? 0), raw: endpoint };
}
