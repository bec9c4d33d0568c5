/** The server's one source of chance, so that a run of it can be repeated from its seed. */
export interface Random {
  /** A version 4 UUID. */
  uuid(): string;
  /** From 0 up to, not including, 1. */
  fraction(): number;
}
