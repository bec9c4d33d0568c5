/** Why a history, or a whole corpus, cannot be judged. Never a verdict on the code. */
export type CorpusCode =
  /** Nothing to replay. */
  | 'R3001'
  /** Not a history in any known form. */
  | 'R3002'
  /** A history with a part missing, or in an order that no server writes. */
  | 'R3003'
  /** A history of another language's SDK. */
  | 'R3004';

/** A history that cannot be judged. `code` is R3001 to R3004. */
export class CorpusError extends Error {
  override readonly name = 'CorpusError';
  readonly code: CorpusCode;
  /** The file, with the entry in it where it is an archive; undefined for histories from memory. */
  readonly file: string | undefined;

  constructor(code: CorpusCode, problem: string, details: { file?: string | undefined; cause?: unknown } = {}) {
    super(details.file === undefined ? problem : `${details.file}: ${problem}`, { cause: details.cause });
    this.code = code;
    this.file = details.file;
  }
}
