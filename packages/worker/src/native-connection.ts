/** The connection of workers under the name by which users know it: it is the client's connection. */
import { Connection, type ConnectionOptions } from '@reprise/client';

/** Options of a worker's connection: those of the client's. */
export type NativeConnectionOptions = ConnectionOptions;

/** The connection of workers: the same thing as the client's `Connection`. */
export const NativeConnection = Connection;
export type NativeConnection = Connection;
