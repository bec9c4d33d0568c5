/** Runs in the sandbox: hands out what was counted since the last activation. */
import { proxySinks, type WorkflowInterceptors } from '@reprise/workflow';
import type { CoverageMapData } from 'istanbul-lib-coverage';
import type { CoverageSinks } from './coverage-sinks.ts';

const { coverage } = proxySinks<CoverageSinks>();

function startOver(counts: CoverageMapData): void {
  for (const { s, f, b } of Object.values(counts) as { s: Counters; f: Counters; b: Record<string, number[]> }[]) {
    for (const counter of [s, f]) for (const key of Object.keys(counter)) counter[key] = 0;
    for (const branches of Object.values(b)) branches.fill(0);
  }
}

type Counters = Record<string, number>;

export const interceptors = (): WorkflowInterceptors => ({
  internals: [
    {
      concludeActivation(input, next) {
        const { __coverage__: counts } = globalThis as { __coverage__?: CoverageMapData };
        if (counts !== undefined) {
          coverage.merge(counts);
          startOver(counts);
        }
        return next(input);
      },
    },
  ],
});
