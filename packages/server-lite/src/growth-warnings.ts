import type { Execution } from './execution/execution.ts';
import { stateBytes } from './execution/state-size.ts';
import type { DynamicConfig } from './system/dynamic-config.ts';
import type { Logger } from './system/logger.ts';
import type { Growth } from './turn/add-transition.ts';

/** Told of each transition of a run, by how much it made the history grow; its bytes are not yet counted in the run. */
export type NoteGrowth = (execution: Execution, grown: Growth) => void;

/** Warns, once each, of histories that get large, and of every change that is large or leaves a large state. */
export function growthWarnings(config: DynamicConfig, log: Logger): NoteGrowth {
  const warnBytes = config.get('limit.historySize.warn');
  const warnEvents = config.get('limit.historyCount.warn');
  const warnChangeBytes = config.get('limit.blobSize.warn');
  const warnStateBytes = config.get('limit.mutableStateSize.warn');
  return (execution, grown) => {
    const { run, historySizeBytes, nextEventId } = execution;
    const ids = { namespace: run.namespace, workflowId: run.workflowId, runId: run.runId };
    const events = nextEventId - 1;
    const eventsBefore = events - grown.events;
    if (grown.bytes > warnChangeBytes) log.warn('events of one change are large', { ...ids, bytes: grown.bytes });
    const bytes = historySizeBytes + grown.bytes;
    if (bytes > warnBytes && historySizeBytes <= warnBytes) log.warn('a history gets large', { ...ids, bytes });
    const kept = stateBytes(execution);
    if (kept > warnStateBytes) log.warn('the state of an execution is large', { ...ids, bytes: kept });
    if (events > warnEvents && eventsBefore <= warnEvents) log.warn('a history gets long', { ...ids, events });
  };
}
