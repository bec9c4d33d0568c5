/**
 * Work between executions: starting children, telling parents, signals and cancels to others, close policies. Each step
 * commits on its own and looks at the state first, so that doing it again after a crash changes nothing.
 */
import {
  CancelExternalWorkflowExecutionFailedCause,
  ParentClosePolicy,
  SignalExternalWorkflowExecutionFailedCause,
  StartChildWorkflowExecutionFailedCause,
} from '@reprise/proto';
import type { Engine } from './engine.ts';
import { ServiceError, StatusCode } from './errors.ts';
import { childClosed, childStarted, childStartFailed } from './execution/decide/child.ts';
import { terminateRun } from './execution/decide/close-run.ts';
import { requestCancel } from './execution/decide/request-cancel.ts';
import { scheduleWorkflowTask } from './execution/decide/schedule-workflow-task.ts';
import { signal } from './execution/decide/signal.ts';
import type { Effect } from './execution/effects.ts';
import { isRunning } from './execution/execution.ts';
import type { VersionReaches } from './execution/inherited-version.ts';
import type { Surroundings } from './execution/transition.ts';
import type { RunRef } from './execution/run-ref.ts';
import { admitStart } from './execution/start-policy.ts';
import { childRun } from './execution/child-run.ts';
import type { Logger } from './system/logger.ts';
import type { NexusWork } from './system/nexus/nexus-work.ts';

const server = 'history-service';
const closePolicyWorkflow = 'temporal-sys-parent-close-policy-workflow';

const signalNotFound =
  SignalExternalWorkflowExecutionFailedCause.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND;
const tooManySignals =
  SignalExternalWorkflowExecutionFailedCause.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_SIGNAL_COUNT_LIMIT_EXCEEDED;

/** What the sender of a signal hears that the other workflow did not take. */
function answerOfRefused(error: unknown): 'later' | SignalExternalWorkflowExecutionFailedCause {
  if (!(error instanceof ServiceError)) throw error;
  if (error.code === StatusCode.NOT_FOUND) return signalNotFound;
  if (error.code === StatusCode.INVALID_ARGUMENT) return tooManySignals;
  if (error.code === StatusCode.RESOURCE_EXHAUSTED) return 'later';
  throw error;
}

export interface RelatedWorkOptions {
  readonly engine: Engine;
  readonly log: Logger;
  readonly nexus: NexusWork;
  readonly uuid: () => string;
  readonly now: () => number;
  readonly nextCronMs: (cron: string, afterMs: number) => number | undefined;
  /** From so many children on, the service leaves them to a workflow of its own when their parent closes. */
  readonly parentClosePolicyThreshold: number;
  readonly versionReaches: Surroundings['versionReaches'];
}

export class RelatedWork {
  readonly #options: RelatedWorkOptions;

  constructor(options: RelatedWorkOptions) {
    this.#options = options;
  }

  perform(effect: Effect): void {
    void this.#carryOut(effect).catch((error: unknown) => {
      const { log, engine } = this.#options;
      const { namespaceId, workflowId, runId, kind } = effect.run;
      // It was deleted meanwhile, and what it still had to do with it.
      if (!engine.find(namespaceId, workflowId, runId, kind)) return;
      log.error('work that follows a change of an execution failed, and will be tried again', {
        kind: effect.kind,
        error,
      });
      engine.offerAgain(effect.run);
    });
  }

  async #carryOut(effect: Effect): Promise<void> {
    switch (effect.kind) {
      case 'startChild':
        return await this.#startChild(effect.run, effect.initiatedEventId);
      case 'signalExternal':
        return await this.#signalExternal(effect.run, effect.initiatedEventId);
      case 'cancelExternal':
        return await this.#cancelExternal(effect.run, effect.initiatedEventId);
      case 'reportChildClosed':
        return await this.#reportClosed(effect.run);
      case 'applyParentClosePolicy':
        return await this.#applyClosePolicy(effect.run, effect.initiatedEventId);
      case 'startNexusOperation':
        return await this.#options.nexus.startOperation(effect.run, effect.scheduledEventId);
      case 'cancelNexusOperation':
        return await this.#options.nexus.cancelOperation(effect.run, effect.scheduledEventId);
      case 'deliverCallback':
        return await this.#options.nexus.deliverCallback(effect.run, effect.callbackId);
      default:
    }
  }

  async #startChild(parent: RunRef, initiatedEventId: number): Promise<void> {
    const { engine } = this.#options;
    const child = engine.read(parent).children.get(initiatedEventId);
    if (!child || child.started || !isRunning(engine.read(parent))) return;
    const runId = child.runId || (await this.#createChild(parent, initiatedEventId));
    if (runId === undefined) return;
    const workflowId = child.attributes.workflowId ?? '';
    await engine.write(() => engine.transact(parent, (t) => childStarted(t, initiatedEventId, runId)));
    const run = engine.find(parent.namespaceId, workflowId, runId);
    if (!run) return;
    await engine.write(() =>
      engine.transact(run, (t) => {
        if (!t.execution.awaitsParent || !isRunning(t.execution)) return;
        t.note({ kind: 'childReleased' });
        if (t.execution.backoffUntilMs === undefined) scheduleWorkflowTask(t);
      }),
    );
  }

  /** @returns undefined when there is none, which the parent has been told */
  async #createChild(parent: RunRef, initiatedEventId: number): Promise<string | undefined> {
    const { engine, uuid, now } = this.#options;
    return await engine.write(() => {
      const execution = engine.read(parent);
      const child = execution.children.get(initiatedEventId);
      if (!child) return undefined;
      const runId = uuid();
      const { nextCronMs, versionReaches } = this.#options;
      const reaches: VersionReaches = (version, queue) => versionReaches(parent.namespaceId, version, queue);
      const newRun = childRun(execution, child, { runId, nowMs: now(), nextCronMs, versionReaches: reaches });
      const workflowId = child.attributes.workflowId ?? '';
      const current = engine.find(parent.namespaceId, workflowId);
      try {
        admitStart(engine, current, {
          newRun,
          reusePolicy: child.attributes.workflowIdReusePolicy ?? 0,
          conflictPolicy: 0,
        });
      } catch (error) {
        if (!(error instanceof ServiceError) || error.code !== StatusCode.ALREADY_EXISTS) throw error;
        const cause =
          StartChildWorkflowExecutionFailedCause.START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS;
        engine.transact(parent, (t) => childStartFailed(t, initiatedEventId, cause));
        return undefined;
      }
      engine.create(newRun);
      engine.transact(parent, (t) => t.note({ kind: 'childCreated', initiatedEventId, runId }));
      return runId;
    });
  }

  async #signalExternal(run: RunRef, initiatedEventId: number): Promise<void> {
    const { engine } = this.#options;
    const outgoing = engine.read(run).outgoingSignals.get(initiatedEventId);
    if (!outgoing || !isRunning(engine.read(run))) return;
    const { attributes, requestId } = outgoing;
    const { namespaceId, workflowExecution, control } = attributes;
    const target = this.#target(run, attributes);
    const sent = {
      requestId,
      attributes: {
        signalName: attributes.signalName ?? '',
        identity: server,
        externalWorkflowExecution: { workflowId: run.workflowId, runId: run.runId },
        ...(attributes.input ? { input: attributes.input } : {}),
        ...(attributes.header ? { header: attributes.header } : {}),
      },
    };
    const answer = target
      ? await engine
          .write(() => engine.transact(target, (t) => signal(t, sent)))
          .then(() => 'delivered' as const, answerOfRefused)
      : signalNotFound;
    // It is about to close, and may not do so after all: then the signal is for it, else for the run that follows.
    if (answer === 'later') return engine.offerAgain(run);
    await engine.write(() =>
      engine.transact(run, (t) => {
        if (!t.execution.outgoingSignals.has(initiatedEventId) || !isRunning(t.execution)) return;
        const shared = { initiatedEventId, namespace: run.namespace, namespaceId, workflowExecution, control };
        if (answer === 'delivered') t.record('externalSignaled', shared);
        else t.record('signalExternalFailed', { ...shared, cause: answer });
        scheduleWorkflowTask(t);
      }),
    );
  }

  async #cancelExternal(run: RunRef, initiatedEventId: number): Promise<void> {
    const { engine } = this.#options;
    const outgoing = engine.read(run).outgoingCancels.get(initiatedEventId);
    if (!outgoing || !isRunning(engine.read(run))) return;
    const { attributes, requestId } = outgoing;
    const { namespaceId, workflowExecution } = attributes;
    const target = this.#target(run, attributes);
    if (target) {
      await engine.write(() =>
        engine.transact(target, (t) =>
          requestCancel(t, {
            requestId,
            attributes: {
              cause: attributes.reason ?? '',
              identity: server,
              externalInitiatedEventId: initiatedEventId,
              externalWorkflowExecution: { workflowId: run.workflowId, runId: run.runId },
            },
          }),
        ),
      );
    }
    await engine.write(() =>
      engine.transact(run, (t) => {
        if (!t.execution.outgoingCancels.has(initiatedEventId) || !isRunning(t.execution)) return;
        const shared = { initiatedEventId, namespace: run.namespace, namespaceId, workflowExecution };
        if (target) t.record('externalCancelRequested', shared);
        else {
          const cause =
            CancelExternalWorkflowExecutionFailedCause.CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND;
          t.record('cancelExternalFailed', { ...shared, cause });
        }
        scheduleWorkflowTask(t);
      }),
    );
  }

  /** Nobody reaches itself this way; with `childWorkflowOnly` only one's own child is meant. */
  #target(
    run: RunRef,
    attributes: {
      workflowExecution?:
        | { workflowId?: string | null | undefined; runId?: string | null | undefined }
        | null
        | undefined;
      childWorkflowOnly?: boolean | null | undefined;
    },
  ): RunRef | undefined {
    const { engine } = this.#options;
    const { workflowId, runId } = attributes.workflowExecution ?? {};
    const isSelf = workflowId === run.workflowId && (!runId || runId === run.runId);
    const target = isSelf ? undefined : engine.find(run.namespaceId, workflowId ?? '', runId ?? '');
    if (!target || !attributes.childWorkflowOnly) return target;
    const parent = engine.read(target).started.parentWorkflowExecution;
    return parent?.workflowId === run.workflowId && parent.runId === run.runId ? target : undefined;
  }

  /** A parent that was reset lives on as another run. */
  #afterResets(run: RunRef | undefined): RunRef | undefined {
    const { engine } = this.#options;
    let current = run;
    for (let resets = 0; current && resets < 100; resets++) {
      const { resetRunId } = engine.read(current);
      if (resetRunId === '') return current;
      current = engine.find(current.namespaceId, current.workflowId, resetRunId);
    }
    return current;
  }

  async #reportClosed(run: RunRef): Promise<void> {
    const { engine } = this.#options;
    const { started, closed, parentTold } = engine.read(run);
    const { parentWorkflowExecution: parent, parentInitiatedEventId } = started;
    if (!parent || !closed || parentTold) return;
    const target = this.#afterResets(engine.find(run.namespaceId, parent.workflowId ?? '', parent.runId ?? ''));
    if (target) {
      const workflowExecution = { workflowId: run.workflowId, runId: run.runId };
      const initiatedEventId = parentInitiatedEventId ?? 0;
      await engine.write(() =>
        engine.transact(target, (t) => childClosed(t, { initiatedEventId, workflowExecution, close: closed.event })),
      );
    }
    await engine.write(() => engine.transact(run, (t) => t.note({ kind: 'parentTold' })));
  }

  async #applyClosePolicy(run: RunRef, initiatedEventId: number): Promise<void> {
    const { engine, uuid, parentClosePolicyThreshold } = this.#options;
    const { children } = engine.read(run);
    const child = children.get(initiatedEventId);
    if (!child || child.policyApplied) return;
    const identity = children.size >= parentClosePolicyThreshold ? closePolicyWorkflow : server;
    const target = child.runId
      ? engine.find(run.namespaceId, child.attributes.workflowId ?? '', child.runId)
      : undefined;
    const current = target && engine.find(run.namespaceId, target.workflowId);
    const chain = current && engine.read(current).started.firstExecutionRunId === child.runId ? current : target;
    if (chain) {
      const { parentClosePolicy } = child.attributes;
      const isCancel = parentClosePolicy === ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL;
      await engine.write(() =>
        engine.transact(chain, (t) => {
          if (!isRunning(t.execution)) return;
          if (!isCancel) return terminateRun(t, { reason: 'by parent close policy', identity });
          const externalWorkflowExecution = { workflowId: run.workflowId, runId: run.runId };
          requestCancel(t, { requestId: uuid(), attributes: { identity, externalWorkflowExecution } });
        }),
      );
    }
    await engine.write(() => engine.transact(run, (t) => t.note({ kind: 'closePolicyApplied', initiatedEventId })));
  }
}
