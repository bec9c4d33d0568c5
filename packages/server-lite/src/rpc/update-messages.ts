import { decodeMessage, type temporal } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import type { UpdateMessage } from '../execution/decide/update-message.ts';

type Message = temporal.api.protocol.v1.Message;

const kinds = {
  'temporal.api.update.v1.Acceptance': 'acceptance',
  'temporal.api.update.v1.Rejection': 'rejection',
  'temporal.api.update.v1.Response': 'response',
} as const;

/** @throws ServiceError INVALID_ARGUMENT when a body is of no known kind */
export function readUpdateMessages(messages: readonly Message[] | null | undefined): UpdateMessage[] {
  return (messages ?? []).map((message) => {
    const type = (message.body?.typeUrl ?? '').split('/').at(-1) ?? '';
    const bytes = message.body?.value ?? new Uint8Array();
    const named = { id: message.id ?? '', updateId: message.protocolInstanceId ?? '' };
    if (
      type !== 'temporal.api.update.v1.Acceptance' &&
      type !== 'temporal.api.update.v1.Rejection' &&
      type !== 'temporal.api.update.v1.Response'
    ) {
      throw invalidArgument(`expected a message about an update, found one of type ${JSON.stringify(type)}`);
    }
    const value = decodeMessage(type, bytes);
    return { ...named, body: { kind: kinds[type], value } as UpdateMessage['body'] };
  });
}
