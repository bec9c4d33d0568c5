import { invalidArgument } from '../errors.ts';

interface NexusToken {
  readonly namespaceId: string;
  readonly questionId: string;
}

const prefix = 'nexus/';

export const writeNexusToken = ({ namespaceId, questionId }: NexusToken): Uint8Array =>
  Buffer.from(`${prefix}${namespaceId}/${questionId}`);

/** @throws ServiceError INVALID_ARGUMENT */
export function readNexusToken(token: Uint8Array | null | undefined): NexusToken {
  if (!token?.length) throw invalidArgument('Task token not set on request.');
  const text = Buffer.from(token).toString();
  const [namespaceId, questionId] = text.slice(prefix.length).split('/');
  if (!text.startsWith(prefix) || !namespaceId || !questionId) throw invalidArgument('Error deserializing task token.');
  return { namespaceId, questionId };
}
