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
