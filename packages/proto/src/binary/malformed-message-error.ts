/** Bytes that are not the message they were said to be. */
export class MalformedMessageError extends Error {
  override readonly name = 'MalformedMessageError';
}
