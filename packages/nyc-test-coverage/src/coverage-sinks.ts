import type { CoverageMapData } from 'istanbul-lib-coverage';
import type { Sinks } from '@reprise/workflow';

/** How counts leave the sandbox. */
export interface CoverageSinks extends Sinks {
  coverage: {
    merge(counts: CoverageMapData): void;
  };
}
