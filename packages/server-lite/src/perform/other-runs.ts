import type { Engine } from '../engine.ts';
import type { Surroundings } from '../execution/transition.ts';

/** What a run that reaches others needs: the engine that has them, and what a change of them is decided by. */
export interface OtherRuns {
  readonly engine: Pick<Engine, 'find' | 'read' | 'write' | 'transact' | 'create' | 'offerAgain'>;
  readonly uuid: () => string;
  readonly now: () => number;
  readonly nextCronMs: (cron: string, afterMs: number) => number | undefined;
  /** From so many children on, the service leaves them to a workflow of its own when their parent closes. */
  readonly parentClosePolicyThreshold: number;
  readonly versionReaches: Surroundings['versionReaches'];
}

/** Who signals, cancels and terminates other runs. */
export const SERVER_IDENTITY = 'history-service';
