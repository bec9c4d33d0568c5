/**
 * Work between executions: starting children, telling parents, signals and cancels to others, close policies, Nexus. Each
 * step commits on its own and looks at the state first, so that doing it again after a crash changes nothing.
 */
import type { Effect } from '../execution/effects.ts';
import type { Logger } from '../system/logger.ts';
import type { NexusWork } from '../system/nexus/nexus-work.ts';
import { applyParentClosePolicy } from './apply-parent-close-policy.ts';
import { cancelExternal } from './cancel-external.ts';
import type { OtherRuns } from './other-runs.ts';
import { reportChildClosed } from './report-child-closed.ts';
import { signalExternal } from './signal-external.ts';
import { startChild } from './start-child.ts';

export type RelatedEffect = Extract<
  Effect,
  {
    kind:
      | 'startChild'
      | 'signalExternal'
      | 'cancelExternal'
      | 'reportChildClosed'
      | 'applyParentClosePolicy'
      | 'startNexusOperation'
      | 'cancelNexusOperation'
      | 'deliverCallback';
  }
>;

export interface RelatedWorkOptions {
  readonly others: OtherRuns;
  readonly nexus: NexusWork;
  readonly log: Logger;
}

export class RelatedWork {
  readonly #options: RelatedWorkOptions;

  constructor(options: RelatedWorkOptions) {
    this.#options = options;
  }

  /** What fails is logged, and handed out once more in a while. */
  perform(effect: RelatedEffect): void {
    void this.#carryOut(effect).catch((error: unknown) => {
      const { log, others } = this.#options;
      const { namespaceId, workflowId, runId, kind } = effect.run;
      // It was deleted meanwhile, and what it still had to do with it.
      if (!others.engine.find(namespaceId, workflowId, runId, kind)) return;
      log.error('work that follows a change of an execution failed, and will be tried again', {
        kind: effect.kind,
        error,
      });
      others.engine.offerAgain(effect.run);
    });
  }

  async #carryOut(effect: RelatedEffect): Promise<void> {
    const { others, nexus } = this.#options;
    switch (effect.kind) {
      case 'startChild':
        return await startChild(effect.run, effect.initiatedEventId, others);
      case 'signalExternal':
        return await signalExternal(effect.run, effect.initiatedEventId, others);
      case 'cancelExternal':
        return await cancelExternal(effect.run, effect.initiatedEventId, others);
      case 'reportChildClosed':
        return await reportChildClosed(effect.run, others);
      case 'applyParentClosePolicy':
        return await applyParentClosePolicy(effect.run, effect.initiatedEventId, others);
      case 'startNexusOperation':
        return await nexus.startOperation(effect.run, effect.scheduledEventId);
      case 'cancelNexusOperation':
        return await nexus.cancelOperation(effect.run, effect.scheduledEventId);
      case 'deliverCallback':
        return await nexus.deliverCallback(effect.run, effect.callbackId);
    }
  }
}
