/** What the editor starts: replays the history that it serves against the file named in the first argument. */
import { startDebugReplayer } from '@reprise/worker';

startDebugReplayer({ workflowsPath: process.argv[2] ?? '' });
