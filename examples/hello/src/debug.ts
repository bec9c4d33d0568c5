import { fileURLToPath } from 'node:url';
import { startDebugReplayer } from '@reprise/worker';

startDebugReplayer({ workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)) });
