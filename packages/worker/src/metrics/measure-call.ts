/** Counts and times a call to the server. */
import { statusName } from '@reprise/proto';
import type { WorkerMetrics } from './worker-metrics.ts';

/** `operation` is the name of the method; polls are counted apart, since they are meant to take long. */
export async function measureCall<T>(
  metrics: WorkerMetrics,
  { operation, isLong = false }: { operation: string; isLong?: boolean },
  call: () => Promise<T>,
): Promise<T> {
  const name = isLong ? 'long_request' : 'request';
  const begunMs = performance.now();
  metrics.count(name, { operation });
  try {
    return await call();
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? Number(error.code) : Number.NaN;
    metrics.count(
      `${name}_failure`,
      metrics.tellsStatus ? { operation, status_code: statusName(code) } : { operation },
    );
    throw error;
  } finally {
    metrics.time(`${name}_latency`, performance.now() - begunMs, { operation });
  }
}
