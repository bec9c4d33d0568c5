import { url as inspectorUrl } from 'node:inspector';

/** Whoever looks at code in a debugger takes their time: limits do not hold for it. */
export const isDebugged = (): boolean => inspectorUrl() !== undefined || process.env['TEMPORAL_DEBUG'] !== undefined;
