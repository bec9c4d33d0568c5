/** What workers say of updates that came with a task: taken, done, refused, or nothing at all. */
import { encodeMessage, type MessageTypes, type temporal } from '@reprise/proto';
import type { Random } from '../system/random.ts';

type Message = temporal.api.protocol.v1.Message;

export function updateAnswers(random: Random, requests: readonly Message[]): Message[] {
  return requests.flatMap(({ id, protocolInstanceId }): Message[] => {
    const say = (type: keyof MessageTypes, value: object, count: number): Message => ({
      id: `${id}/answer-${count}`,
      protocolInstanceId,
      body: { typeUrl: `type.googleapis.com/${type}`, value: encodeMessage(type, value) },
    });
    const accepted = say('temporal.api.update.v1.Acceptance', { acceptedRequestMessageId: id }, 1);
    const meta = { updateId: protocolInstanceId };
    const completed = say('temporal.api.update.v1.Response', { meta, outcome: { success: {} } }, 2);
    const rejected = say('temporal.api.update.v1.Rejection', { failure: { message: 'no' } }, 3);
    const choices = [[accepted], [accepted, completed], [rejected], []];
    return choices[Math.floor(random.fraction() * choices.length)] ?? [];
  });
}
