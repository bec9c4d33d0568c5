import type { Step } from './step.ts';

/** A step in a few words, for titles and tables: `activity \`charge\``, `timer 1h`. */
export function stepText(step: Step): string {
  switch (step.kind) {
    case 'activity':
      return `activity \`${step.name}\``;
    case 'localActivity':
      return `local activity \`${step.name}\``;
    case 'timer':
      return `timer ${shortDuration(step.durationMs ?? 0)}`;
    case 'child':
      return `child workflow \`${step.name}\``;
    case 'signal':
      return `signal \`${step.name}\` to ${step.id ?? 'another workflow'}`;
    case 'signaled':
      return `signal \`${step.name}\``;
    case 'nexus':
      return `nexus operation \`${step.name}\``;
    case 'patch':
      return `patch '${step.name}'`;
    case 'marker':
      return `marker '${step.name}'`;
    case 'event':
      return eventWords(step.name);
    case 'continueAsNew':
      return `continue as new \`${step.name}\``;
    case 'updateAccepted':
      return step.label === undefined ? 'acceptance of an update' : `acceptance of update \`${step.label}\``;
    default:
      return FIXED[step.kind];
  }
}

/** `child workflow execution started`, of `ChildWorkflowExecutionStarted`. */
function eventWords(eventType: string): string {
  return eventType.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

const FIXED = {
  cancelOutside: 'cancellation of another workflow',
  searchAttributes: 'upsert of search attributes',
  memo: 'upsert of the memo',
  cancelTimer: 'cancellation of a timer',
  cancelActivity: 'cancellation of an activity',
  cancelNexus: 'cancellation of a nexus operation',
  updateCompleted: 'completion of an update',
  complete: 'workflow completed',
  fail: 'workflow failed',
  cancel: 'workflow cancelled',
} as const;

export function shortDuration(ms: number): string {
  const units: [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'm'],
    [1000, 's'],
  ];
  const parts: string[] = [];
  let rest = ms;
  for (const [size, name] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${name}`);
  }
  if (rest > 0 || parts.length === 0) parts.push(`${Math.round(rest)}ms`);
  return parts.join(' ');
}
