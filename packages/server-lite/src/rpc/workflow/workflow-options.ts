/** Options of a running workflow that people change: which version it runs on, and its priority. */
import type { temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import type { AttributesOf } from '../../execution/event-kinds.ts';
import { priorityProblem } from '../../execution/priority.ts';
import type { Transition } from '../../execution/transition.ts';
import { presentOverride } from './versioning-override.ts';

export type WorkflowOptions = temporal.api.workflow.v1.WorkflowExecutionOptions;

export interface OptionsChange {
  readonly given: WorkflowOptions;
  /** Which of them the change is about. */
  readonly paths: readonly string[];
  readonly identity: string;
}

const camel = (path: string): string => path.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
const snake = (path: string): string => path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const priorityFields = ['priorityKey', 'fairnessKey', 'fairnessWeight'] as const;
const overrideFields = ['behavior', 'deployment', 'pinnedVersion', 'pinned', 'autoUpgrade'];
const known: ReadonlySet<string> = new Set([
  'versioningOverride',
  'priority',
  'timeSkippingConfig',
  ...priorityFields.map((field) => `priority.${field}`),
  ...overrideFields.map((field) => `versioningOverride.${field}`),
]);

/** @param doing begins the message about a bad path @returns the mask's paths @throws ServiceError INVALID_ARGUMENT */
export function readOptionsMask(mask: readonly string[], doing: string): string[] {
  const paths = mask.map(camel);
  const unknown = paths.find((path) => !known.has(path));
  if (unknown === undefined) return paths;
  throw invalidArgument(
    `${doing}: proto: invalid path ${JSON.stringify(snake(unknown))} for message "temporal.api.workflow.v1.WorkflowExecutionOptions"`,
  );
}

/** @throws ServiceError INVALID_ARGUMENT */
export function checkPriority(given: WorkflowOptions): void {
  const problem = priorityProblem(given.priority);
  if (problem !== undefined) throw invalidArgument(problem);
}

/** Writes what the options are from now on, unless they are so already. */
export function changeOptions(t: Transition, change: OptionsChange): void {
  const { versioningOverride: override, priority } = t.execution.options;
  const merged = mergedOptions({ versioningOverride: override, priority }, change);
  const isSame = JSON.stringify([merged.versioningOverride, merged.priority]) === JSON.stringify([override, priority]);
  if (isSame) return;
  const attributes: AttributesOf<'optionsUpdated'> = merged.versioningOverride
    ? { versioningOverride: merged.versioningOverride }
    : { unsetVersioningOverride: true };
  if (merged.priority) attributes.priority = merged.priority;
  if (change.identity) attributes.identity = change.identity;
  t.record('optionsUpdated', attributes, { workerMayIgnore: true });
}

function mergedOptions(current: WorkflowOptions, { given, paths }: OptionsChange): WorkflowOptions {
  const merged = {
    versioningOverride: current.versioningOverride ?? undefined,
    priority: current.priority ?? undefined,
  };
  const touchesOverride = (field: string): boolean => paths.includes(`versioningOverride.${field}`);
  if (touchesOverride('deployment') !== touchesOverride('behavior')) {
    throw invalidArgument('error applying update_options: versioning_override fields must be updated together');
  }
  if (paths.includes('versioningOverride') || touchesOverride('behavior')) {
    merged.versioningOverride = given.versioningOverride ? presentOverride(given.versioningOverride) : undefined;
  }
  if (paths.includes('priority')) merged.priority = given.priority ?? undefined;
  for (const field of priorityFields) {
    if (paths.includes(`priority.${field}`)) merged.priority = { ...merged.priority, [field]: given.priority?.[field] };
  }
  return merged;
}
