import { invalidArgument } from '../../errors.ts';

interface NexusTaskToken {
  readonly namespaceId: string;
  readonly questionId: string;
}

const prefix = 'nexus/';

export const writeNexusTaskToken = ({ namespaceId, questionId }: NexusTaskToken): Uint8Array =>
  Buffer.from(`${prefix}${namespaceId}/${questionId}`);

/** @throws ServiceError INVALID_ARGUMENT */
export function readNexusTaskToken(token: Uint8Array | null | undefined): NexusTaskToken {
  if (!token?.length) throw invalidArgument('Task token not set on request.');
  const text = Buffer.from(token).toString();
  const [namespaceId, questionId] = text.slice(prefix.length).split('/');
  if (!text.startsWith(prefix) || !namespaceId || !questionId) throw invalidArgument('Error deserializing task token.');
  return { namespaceId, questionId };
}
