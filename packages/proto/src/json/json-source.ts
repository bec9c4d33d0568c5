import type { JsonMessageError } from './json-message-error.ts';

/** What the readers of single forms need of the one that walks the whole message. */
export interface JsonSource {
  message(type: string, json: unknown): object;
  /** As `message`, for a type that has no form of its own. */
  fields(type: string, json: Readonly<Record<string, unknown>>): object;
  /** Reads something with one more step in the path. */
  at<Result>(step: string | number, read: () => Result): Result;
  /** An error at the current path. */
  error(problem: string): JsonMessageError;
}
