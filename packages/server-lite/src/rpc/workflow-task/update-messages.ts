import { decodeMessage, type temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { badMessage, type UpdateMessage } from '../../execution/decide/update-message.ts';

type Message = temporal.api.protocol.v1.Message;

const kinds = {
  'temporal.api.update.v1.Acceptance': 'acceptance',
  'temporal.api.update.v1.Rejection': 'rejection',
  'temporal.api.update.v1.Response': 'response',
} as const;

const updateMessages = 'temporal.api.update.v1.';

/** What is wrong with a message is told when its turn comes. */
export const readUpdateMessages = (messages: readonly Message[] | null | undefined): UpdateMessage[] =>
  (messages ?? []).map(({ id, protocolInstanceId, body }) => ({
    id: id ?? '',
    updateId: protocolInstanceId ?? '',
    body: readBody(body),
  }));

function readBody(body: Message['body']): UpdateMessage['body'] {
  if (!body) return { kind: 'unreadable', problem: invalidArgument('nil message body') };
  const type = (body.typeUrl ?? '').split('/').at(-1) ?? '';
  if (Object.hasOwn(kinds, type)) {
    const known = type as keyof typeof kinds;
    const value = decodeMessage(known, body.value ?? new Uint8Array());
    return { kind: kinds[known], value } as UpdateMessage['body'];
  }
  if (type.startsWith(updateMessages)) return { kind: 'other', type: `*update.${type.slice(updateMessages.length)}` };
  return {
    kind: 'unreadable',
    problem: badMessage(`unsupported protocol type ${type.slice(0, type.lastIndexOf('.'))}`),
  };
}
