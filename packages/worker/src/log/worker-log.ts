/** The lines that a worker writes about itself. */
import type { Logger } from '@reprise/common';
import type { State } from '../worker-status.ts';

/** What a worker can run, of which there are three kinds of tasks. */
export interface Registered {
  readonly workflows: boolean;
  readonly activities: boolean;
  readonly nexusServices: boolean;
}

export function logState(logger: Logger, state: State): void {
  logger.info('Worker state changed', { state });
}

/** Says which kinds of tasks nobody will ask for, since that is often not what was meant. */
export function logWhatIsMissing(logger: Logger, { workflows, activities, nexusServices }: Registered): void {
  if (!workflows) logger.warn('No workflows registered, not polling for workflow tasks');
  if (!activities) logger.warn('No activities registered, not polling for activity tasks');
  if (!nexusServices) logger.info('No Nexus services registered, not polling for Nexus tasks');
}
