/** For interceptors of one's own that carry contexts the same way. */
export {
  extractContextFromHeaders,
  extractContextFromNexusHeaders,
  headersWithContext,
  nexusHeadersWithContext,
  TRACE_HEADER,
} from '../carried-context.ts';
export { instrument, instrumentSync } from '../instrument.ts';
export type { InstrumentOptions, InstrumentOptionsSync } from '../instrument.ts';
