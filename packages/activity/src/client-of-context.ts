import type { Client } from '@reprise/client';

/** The client that an activity gets from its context. */
export type ActivityClientOfContext = Client;
