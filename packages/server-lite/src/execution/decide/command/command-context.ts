import type { temporal } from '@reprise/proto';
import type { Transition } from '../../transition.ts';
import type { Command, Payload, UserMetadata } from '../../wire.ts';

/** What commands need to know of the world outside their run. */
export interface CommandLookups {
  /** Undefined when there is no such namespace. */
  namespaceId(name: string): string | undefined;
  /** @throws ServiceError with the message that the failed task carries */
  searchAttributes(fields: { [key: string]: Payload }): { [key: string]: Payload };
  /** The id of a Nexus endpoint. */
  nexusEndpointId(name: string): string | undefined;
}

export interface CommandContext {
  readonly t: Transition;
  /** Of the completed workflow task. */
  readonly taskEventId: number;
  readonly identity: string;
  readonly lookups: CommandLookups;
  /** Asks for another workflow task once all commands are done. */
  needTask(): void;
}

export type CommandHandler = (context: CommandContext, command: Command) => void;

export const metadataOf = (command: Command): { userMetadata?: UserMetadata } =>
  command.userMetadata ? { userMetadata: command.userMetadata } : {};

export function payloadBytes(payload: Payload | null | undefined): number {
  if (!payload) return 0;
  const metadata = Object.entries(payload.metadata ?? {}).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return metadata + (payload.data?.length ?? 0);
}

export function payloadsBytes(payloads: temporal.api.common.v1.Payloads | null | undefined): number {
  return (payloads?.payloads ?? []).reduce((sum, payload) => sum + payloadBytes(payload), 0);
}
