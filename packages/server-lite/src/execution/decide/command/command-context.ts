import type { Transition } from '../../transition.ts';
import type { Command, Payload, UserMetadata } from '../../wire.ts';

type Fields = { [key: string]: Payload };

/** All throw ServiceError with the message that the failed task carries. */
export interface SearchAttributeChecks {
  /** The namespace must know every name. */
  requireMapped(fields: Fields): void;
  /** Checks the values, and adds `type` metadata where it lacks. */
  typed(fields: Fields): Fields;
  requireSize(fields: Fields): void;
}

/** What commands need to know of the world outside their run. */
export interface CommandLookups {
  /** Undefined when there is no such namespace. */
  namespaceId(name: string): string | undefined;
  readonly searchAttributes: SearchAttributeChecks;
  /** Whether the namespace has declared the build with this checksum bad. */
  isBadBinary(checksum: string): boolean;
  /** The id of a Nexus endpoint. */
  nexusEndpointId(name: string): string | undefined;
}

export interface CommandContext {
  readonly t: Transition;
  /** Of the completed workflow task. */
  readonly taskEventId: number;
  readonly identity: string;
  readonly lookups: CommandLookups;
  /** Whether something came in while the task ran, and has not been taken back since. */
  hasUnseen: boolean;
  /** Asks for another workflow task once all commands are done. */
  needTask(): void;
}

export type CommandHandler = (context: CommandContext, command: Command) => void;

export const metadataOf = (command: Command): { userMetadata?: UserMetadata } =>
  command.userMetadata ? { userMetadata: command.userMetadata } : {};
