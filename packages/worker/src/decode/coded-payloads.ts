/**
 * Runs the payloads of messages about runs through the codecs of a worker, each in the context of its owner; what is then
 * large goes to external storage, and is fetched from there before codecs see it.
 */
import {
  decodePayloads,
  encodePayloads,
  isStorageReference,
  payloadCodecInContext,
  type ActivitySerializationContext,
  type ExternalStorage,
  type Payload,
  type PayloadCodec,
} from '@reprise/common';
import { PayloadStore } from '@reprise/client';
import type { HistoryEvent } from '../machine/event-type.ts';
import { changePayloads, type PayloadUnit } from './payload-units.ts';
import { targetWithin, workflowTarget, type StorageRun } from './storage-targets.ts';

/** Of more runs than these, activities that are under way, and parents, are not remembered. */
const mostRuns = 20_000;

/** What most workers wait for: they have no codecs. */
const unchanged = Promise.resolve();

type Coding = (codecs: readonly PayloadCodec[], payloads: Payload[]) => Promise<Payload[]>;

/** What code has asked for is not told to it again: fetching it would be in vain. */
const notForCode: ReadonlySet<string> = new Set([
  'activityTasks',
  'activityTaskScheduledEventAttributes',
  'nexusOperationScheduledEventAttributes',
  'signalExternalWorkflowExecutionInitiatedEventAttributes',
  'startChildWorkflowExecutionInitiatedEventAttributes',
  'workflowExecutionCanceledEventAttributes',
  'workflowExecutionCompletedEventAttributes',
  'workflowExecutionContinuedAsNewEventAttributes',
  'workflowExecutionFailedEventAttributes',
  'workflowPropertiesModifiedEventAttributes',
]);

export interface CodedPayloadsOptions {
  readonly codecs: readonly PayloadCodec[];
  readonly namespace: string;
  readonly externalStorage: ExternalStorage | undefined;
}

export class CodedPayloads {
  readonly #codecs: readonly PayloadCodec[];
  readonly #namespace: string;
  readonly #store: PayloadStore;
  /** By run id, the one used last at the end. Only runs with activities under way. */
  readonly #activities = new Map<string, Map<number, ActivitySerializationContext>>();
  /** By run id, who waits for its result. Kept with external storage alone. */
  readonly #parents = new Map<string, NonNullable<StorageRun['parent']>>();

  constructor({ codecs, namespace, externalStorage }: CodedPayloadsOptions) {
    this.#codecs = codecs;
    this.#namespace = namespace;
    this.#store = new PayloadStore(externalStorage);
  }

  /** In place, as it comes from the server. */
  decode(message: object, run: StorageRun): Promise<void> {
    return this.#changesNothing ? unchanged : this.#decode(message, run);
  }

  /** In place, before it goes to the server. */
  encode(message: object, run: StorageRun): Promise<void> {
    return this.#changesNothing ? unchanged : this.#encode(message, run);
  }

  get #changesNothing(): boolean {
    return this.#codecs.length === 0 && !this.#store.isConfigured;
  }

  async #decode(message: object, run: StorageRun): Promise<void> {
    if (this.#store.isConfigured) this.#rememberParent(message, run);
    await this.#store.retrieve(message, notForCode);
    if (this.#codecs.length > 0) await this.#change(message, run, decodePayloads);
  }

  async #encode(message: object, run: StorageRun): Promise<void> {
    if (this.#codecs.length > 0) await this.#change(message, run, encodePayloads);
    if (!this.#store.isConfigured) return;
    const parent = this.#parents.get(run.runId);
    await this.#store.store(message, {
      target: workflowTarget(this.#namespace, run),
      targetWithin: targetWithin({ ...run, parent }, this.#namespace),
    });
  }

  async #change(message: object, { workflowId, runId }: StorageRun, coding: Coding): Promise<void> {
    const activities = this.#activities.get(runId) ?? new Map<number, ActivitySerializationContext>();
    const change = ({ payloads, owner }: PayloadUnit): Promise<Payload[]> => {
      // What has not been fetched was encoded before it was stored.
      if (payloads.some(isStorageReference)) return Promise.resolve(payloads);
      const codecs = owner ? this.#codecs.map((codec) => payloadCodecInContext(codec, owner)) : this.#codecs;
      return coding(codecs, payloads);
    };
    const changed = changePayloads(message, change, { namespace: this.#namespace, workflowId, activities });
    // Owners are found before the first codec is awaited.
    this.#remember(runId, activities);
    await changed;
  }

  #rememberParent(message: object, { runId }: StorageRun): void {
    const { history } = message as { history?: { events?: HistoryEvent[] | null } | null };
    const started = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
    const parent = started?.parentWorkflowExecution;
    if (!parent || started?.continuedExecutionRunId) return;
    const namespace = started?.parentWorkflowNamespace ?? '';
    this.#parents.delete(runId);
    this.#parents.set(runId, { namespace, workflowId: parent.workflowId ?? '', runId: parent.runId ?? '' });
    forgetOldest(this.#parents);
  }

  #remember(runId: string, activities: Map<number, ActivitySerializationContext>): void {
    this.#activities.delete(runId);
    if (activities.size > 0) this.#activities.set(runId, activities);
    forgetOldest(this.#activities);
  }
}

function forgetOldest(runs: Map<string, unknown>): void {
  if (runs.size <= mostRuns) return;
  const [oldest] = runs.keys();
  if (oldest !== undefined) runs.delete(oldest);
}
