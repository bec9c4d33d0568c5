/** The peer broke the rules of HTTP/2: the connection cannot go on. */
export class Http2Error extends Error {
  override readonly name = 'Http2Error';
  /** What the peer is told, one of `ErrorCode`. */
  readonly errorCode: number;

  constructor(errorCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.errorCode = errorCode;
  }
}
