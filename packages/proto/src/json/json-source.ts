import type { FieldSchema } from '../schema.ts';
import type { JsonMessageError } from './json-message-error.ts';

/** What the readers of single forms need of the one that walks the whole message. */
export interface JsonSource {
  /** Whether bytes are given as `Buffer`, where the host has it. */
  readonly asBuffers: boolean;
  message(type: string, json: unknown): object;
  /** As `message`, for a type that has no form of its own. */
  fields(reader: MessageReader, json: unknown): object;
  /** Reads something with one more step in the path. */
  at<Result>(step: string | number, read: () => Result): Result;
  /** An error at the current path. */
  error(problem: string): JsonMessageError;
}

/** Reads one value of a type. */
export type ReadValue = (json: unknown, source: JsonSource) => unknown;

/** How one field is read: all that its type decides is looked up once. */
export interface FieldReader {
  readonly name: string;
  readonly presence: FieldSchema['presence'];
  readonly isMessage: boolean;
  readonly takesNull: boolean;
  readonly read: ReadValue;
}

/** How messages of a type are read. */
export interface MessageReader {
  readonly type: string;
  readonly fields: ReadonlyMap<string, FieldReader>;
}
