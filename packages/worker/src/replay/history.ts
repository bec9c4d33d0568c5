import type { temporal } from '@reprise/proto';

/** The events of a run. */
export type History = temporal.api.history.v1.History;
