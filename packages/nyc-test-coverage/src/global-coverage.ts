/** Where nyc, and Jest with its provider `babel`, keep what they count. It is there when they do. */
import type { CoverageMapData } from 'istanbul-lib-coverage';

const holder = globalThis as { __coverage__?: CoverageMapData };

/** Undefined where nothing counts. */
export function globalCoverage(): CoverageMapData | undefined {
  return holder.__coverage__;
}

export function setGlobalCoverage(coverage: CoverageMapData): void {
  holder.__coverage__ = coverage;
}
