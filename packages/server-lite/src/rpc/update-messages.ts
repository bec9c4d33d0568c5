import { decodeMessage, type temporal } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import type { UpdateMessage } from '../execution/decide/update-message.ts';

type Message = temporal.api.protocol.v1.Message;

const kinds = {
  'temporal.api.update.v1.Acceptance': 'acceptance',
  'temporal.api.update.v1.Rejection': 'rejection',
  'temporal.api.update.v1.Response': 'response',
} as const;

const updateMessages = 'temporal.api.update.v1.';

/** @throws ServiceError INVALID_ARGUMENT when a message has no body, or one that is not about an update */
export function readUpdateMessages(messages: readonly Message[] | null | undefined): UpdateMessage[] {
  return (messages ?? []).map((message) => {
    if (!message.body) throw invalidArgument('nil message body');
    const type = (message.body.typeUrl ?? '').split('/').at(-1) ?? '';
    const named = { id: message.id ?? '', updateId: message.protocolInstanceId ?? '' };
    if (Object.hasOwn(kinds, type)) {
      const known = type as keyof typeof kinds;
      const value = decodeMessage(known, message.body.value ?? new Uint8Array());
      return { ...named, body: { kind: kinds[known], value } as UpdateMessage['body'] };
    }
    if (!type.startsWith(updateMessages)) {
      throw invalidArgument(`expected a message about an update, found one of type ${JSON.stringify(type)}`);
    }
    return { ...named, body: { kind: 'other', type: `*update.${type.slice(updateMessages.length)}` } };
  });
}
