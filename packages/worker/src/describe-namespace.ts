/** What the server says of the namespace of a worker. */
import type { ConnectionLike } from '@reprise/client';
import { NamespaceNotFoundError } from '@reprise/common';
import { RpcError, StatusCode } from '@reprise/proto';
import type { PayloadLimits } from './payload-limits.ts';

export interface DescribedNamespace {
  readonly payloadLimits: PayloadLimits;
  /** Open polls end when the server is told that their worker shuts down. */
  readonly pollsCompleteOnShutdown: boolean;
  readonly takesHeartbeats: boolean;
}

const DEFAULT_LIMIT_BYTES = 2 * 2 ** 20;

const DEFAULT_WARNINGS = { payloadsWarnSize: 512 * 1024, memoWarnSize: 2 * 1024 };

/** Throws NamespaceNotFoundError. */
export async function describeNamespace(connection: ConnectionLike, namespace: string): Promise<DescribedNamespace> {
  try {
    const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace });
    const warnings = connection.options?.payloadLimits ?? DEFAULT_WARNINGS;
    const { limits, capabilities } = namespaceInfo ?? {};
    return {
      payloadLimits: {
        maxPayloadBytes: limits?.blobSizeLimitError || DEFAULT_LIMIT_BYTES,
        maxMemoBytes: limits?.memoSizeLimitError || DEFAULT_LIMIT_BYTES,
        warnPayloadBytes: warnings.payloadsWarnSize,
        warnMemoBytes: warnings.memoWarnSize,
      },
      pollsCompleteOnShutdown: capabilities?.workerPollCompleteOnShutdown === true,
      takesHeartbeats: capabilities?.workerHeartbeats === true,
    };
  } catch (error) {
    if (error instanceof RpcError && error.code === StatusCode.NOT_FOUND) throw new NamespaceNotFoundError(namespace);
    throw error;
  }
}
