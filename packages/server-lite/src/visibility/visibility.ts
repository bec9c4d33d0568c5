/**
 * The list of executions that users search: one record per run, kept equal to the run's state.
 *
 * The engine hands a record over with each transition that changes one (start, search attributes, memo, close, reset),
 * and the store writes it in the same transaction. Reads are synchronous and see everything written before.
 */
import type { Payload } from '@reprise/common';
import type { VisibilityRecord } from '../execution/effects.ts';

/** What the store calls inside its transaction. */
export interface VisibilityWriter {
  upsert(record: VisibilityRecord): void;
  remove(runKey: number): void;
}

export interface VisibilityPage {
  readonly records: readonly VisibilityRecord[];
  /** Empty when there is nothing after this page. */
  readonly nextPageToken: Uint8Array;
}

export interface VisibilityCount {
  readonly count: number;
  readonly groups: readonly { readonly values: readonly Payload[]; readonly count: number }[];
}

/** How filters over something other than workflows are read. */
export interface FilterWords {
  /** Another name for what the query says, and what its texts then start with. */
  readonly rename?: (name: string) => { name: string; prefix: string } | undefined;
  /** The error for a name that is no search attribute, in a comparison written like this. */
  readonly unknownName?: (name: string, text: string) => Error;
  /** The error for a name that may not be filtered by. */
  readonly refused?: (name: string) => Error | undefined;
  /** Whether conditions may be negated; they may unless this says false. */
  readonly negation?: boolean;
  /** A status that nothing has is found nowhere instead of being refused. */
  readonly anyStatus?: boolean;
}

export interface VisibilityQuery {
  readonly namespaceId: string;
  readonly query: string;
  /** The system division to list; absent means what users see, unless the query names a division itself. */
  readonly division?: string | undefined;
  readonly words?: FilterWords | undefined;
}

export interface Visibility extends VisibilityWriter {
  /** @throws ServiceError INVALID_ARGUMENT `invalid query: ...` */
  list(request: VisibilityQuery & { pageSize: number; pageToken?: Uint8Array | undefined }): VisibilityPage;
  /** @throws ServiceError INVALID_ARGUMENT `invalid query: ...` */
  count(request: VisibilityQuery): VisibilityCount;
}
