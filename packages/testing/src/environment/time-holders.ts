/** Says in an error of a wait that took too long what held virtual time meanwhile. */
import { StatusCode } from '@reprise/proto';

type Holders = () => readonly string[];

const holdersOf = new WeakMap<object, Holders>();

/** Notes who can tell what holds the time of a connection's server; only a server in this process can. */
export function noteTimeHolders(connection: object, holders: Holders | undefined): void {
  if (holders !== undefined) holdersOf.set(connection, holders);
}

/** As `noteTimeHolders`, for a connection that stands for another. */
export function shareTimeHolders(connection: object, other: object): void {
  noteTimeHolders(other, holdersOf.get(connection));
}

/** Waits, and adds to the error of a deadline what held time when it passed. */
export async function tellingTimeHolders<Result>(connection: object, wait: () => Promise<Result>): Promise<Result> {
  try {
    return await wait();
  } catch (error) {
    const holders = isLate(error) ? (holdersOf.get(connection)?.() ?? []) : [];
    if (error instanceof Error && holders.length > 0)
      error.message += `; virtual time is held by: ${holders.join('; ')}`;
    throw error;
  }
}

function isLate(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === StatusCode.DEADLINE_EXCEEDED) || isLate(error.cause);
}
