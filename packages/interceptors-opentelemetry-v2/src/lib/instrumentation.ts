export {
  extractContextFromHeaders,
  extractContextFromNexusHeaders,
  headersWithContext,
  nexusHeadersWithContext,
  TRACE_HEADER,
  instrument,
  instrumentSync,
} from '@reprise/interceptors-opentelemetry/lib/instrumentation';
export type { InstrumentOptions, InstrumentOptionsSync } from '@reprise/interceptors-opentelemetry/lib/instrumentation';
