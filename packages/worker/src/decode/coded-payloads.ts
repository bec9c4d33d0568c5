/** Runs the payloads of messages about runs through the codecs of a worker, each in the context of its owner. */
import {
  decodePayloads,
  encodePayloads,
  payloadCodecInContext,
  type ActivitySerializationContext,
  type Payload,
  type PayloadCodec,
} from '@reprise/common';
import { changePayloads, type PayloadUnit } from './payload-units.ts';

/** Of more runs than these, activities that are under way are not remembered. */
const mostRuns = 20_000;

/** What most workers wait for: they have no codecs. */
const unchanged = Promise.resolve();

type Coding = (codecs: readonly PayloadCodec[], payloads: Payload[]) => Promise<Payload[]>;

export class CodedPayloads {
  readonly #codecs: readonly PayloadCodec[];
  readonly #namespace: string;
  /** By run id, the one used last at the end. Only runs with activities under way. */
  readonly #activities = new Map<string, Map<number, ActivitySerializationContext>>();

  constructor(codecs: readonly PayloadCodec[], namespace: string) {
    this.#codecs = codecs;
    this.#namespace = namespace;
  }

  /** In place, as it comes from the server. */
  decode(message: object, run: { workflowId: string; runId: string }): Promise<void> {
    return this.#codecs.length === 0 ? unchanged : this.#change(message, run, decodePayloads);
  }

  /** In place, before it goes to the server. */
  encode(message: object, run: { workflowId: string; runId: string }): Promise<void> {
    return this.#codecs.length === 0 ? unchanged : this.#change(message, run, encodePayloads);
  }

  async #change(
    message: object,
    { workflowId, runId }: { workflowId: string; runId: string },
    coding: Coding,
  ): Promise<void> {
    const activities = this.#activities.get(runId) ?? new Map<number, ActivitySerializationContext>();
    const change = ({ payloads, owner }: PayloadUnit): Promise<Payload[]> => {
      const codecs = owner ? this.#codecs.map((codec) => payloadCodecInContext(codec, owner)) : this.#codecs;
      return coding(codecs, payloads);
    };
    const changed = changePayloads(message, change, { namespace: this.#namespace, workflowId, activities });
    // Owners are found before the first codec is awaited.
    this.#remember(runId, activities);
    await changed;
  }

  #remember(runId: string, activities: Map<number, ActivitySerializationContext>): void {
    this.#activities.delete(runId);
    if (activities.size > 0) this.#activities.set(runId, activities);
    if (this.#activities.size <= mostRuns) return;
    const [oldest] = this.#activities.keys();
    if (oldest !== undefined) this.#activities.delete(oldest);
  }
}
