import { medians, runChild } from '../measure.ts';
import type { Group } from '../row.ts';
import { startServer } from '../server-process.ts';
import type { Subject } from '../subject.ts';

/** SDK and server as a user runs them. The published SDK is measured with our server: its own is not at hand offline. */
export function together(reprise: Subject): Group<'throughput' | 'latency'> {
  return {
    name: 'together',
    rows: {
      throughput: {
        what: 'SDK and server on disk, one activity',
        unit: 'workflows/s',
        goal: 300,
        recorded: 14,
        better: 'higher',
      },
      latency: {
        what: 'SDK and server on disk, start to result, one activity',
        unit: 'ms',
        goal: 8,
        recorded: 150,
        better: 'lower',
      },
    },
    measure: (subject, repetitions) =>
      medians(repetitions, async () => {
        const server = await startServer(reprise, 'disk');
        try {
          const busy = await runChild(subject, 'together', [server.address, 'throughput', '600']);
          const idle = await runChild(subject, 'together', [server.address, 'latency', '50']);
          return {
            throughput: busy['workflowsPerSecond'] ?? Number.NaN,
            latency: idle['latencyMs'] ?? Number.NaN,
          };
        } finally {
          await server.stop();
        }
      }),
  };
}
