import { fileURLToPath } from 'node:url';

/** The folder of the packages of this project: from its sources, and from what is built of them. */
export const OWN_FOLDER = fileURLToPath(new URL('../..', import.meta.url));
