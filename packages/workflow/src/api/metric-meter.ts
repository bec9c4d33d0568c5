import { meterTo, type MetricMeter, type MetricTags } from '@reprise/common';
import { composeInterceptors } from '../run/compose-interceptors.ts';
import { requireRun } from '../run/current-run.ts';
import { callSink } from '../run/sink-calls.ts';
import type { WorkflowOutboundCallsInterceptor } from './interceptors.ts';

/**
 * Measures from workflow code. It measures nothing while history is replayed, so each thing is counted once.
 *
 * @example metricMeter.createCounter('orders').add(1, { region: 'eu' });
 */
export const metricMeter: MetricMeter = meterTo((measurement) => {
  const run = requireRun("Workflow's `metricMeter` can only be used while in Workflow Context");
  if (run.task.isReplaying) return;
  const getMetricTags = composeInterceptors<WorkflowOutboundCallsInterceptor, 'getMetricTags'>(
    run.interceptors.outbound,
    'getMetricTags',
    (tags) => tags,
  );
  const { namespace, taskQueue, workflowType } = run.creation;
  const own: MetricTags = { namespace, taskQueue, workflowType };
  const tags = { ...getMetricTags(own), ...measurement.tags };
  callSink(run, { interfaceName: '__temporal_metrics', functionName: 'record', args: [{ ...measurement, tags }] });
});
