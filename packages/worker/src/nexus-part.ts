/** The part of a worker that answers Nexus tasks. Loaded only for a worker that has Nexus services. */
import type { ConnectionLike } from '@reprise/client';
import { pollerCount, type CompiledWorkerOptions } from './options/compile-worker-options.ts';
import { decodeNexusTask, type NexusTask } from './nexus/nexus-task.ts';
import { NexusRpc } from './nexus/nexus-rpc.ts';
import { NexusTaskFlow, type NexusTaskFlowOptions } from './nexus-task-flow.ts';
import { LongPoll } from './poll/long-poll.ts';
import type { Slot, Slots } from './poll/slots.ts';
import { reportPollError, suggestion, type TaskPoll } from './task-polls.ts';
import type { WorkerIdentity } from './worker-rpc.ts';

/** What handlers of Nexus operations are run with. */
export type NexusInput = Pick<NexusTaskFlowOptions, 'services' | 'interceptors' | 'client' | 'metricMeter'>;

/** The rest of the worker, as far as this part needs it. */
export interface NexusSurroundings extends Pick<NexusTaskFlowOptions, 'logger' | 'metrics'> {
  readonly options: CompiledWorkerOptions;
  readonly connection: ConnectionLike;
  readonly who: WorkerIdentity;
  readonly slots: Slots;
  onFatal(error: Error): void;
  /** Gives the slot back when the work is done. */
  track(this: void, work: Promise<void>, slot: Slot): void;
}

export interface NexusPart {
  readonly rpc: NexusRpc;
  readonly flow: NexusTaskFlow;
  readonly polls: readonly TaskPoll[];
}

export function buildNexusPart(nexus: NexusInput, around: NexusSurroundings): NexusPart {
  const { options, logger, metrics } = around;
  const { namespace, taskQueue, loadedDataConverter: dataConverter } = options;
  const rpc = new NexusRpc(around.connection, around.who, metrics);
  const flow = new NexusTaskFlow({ ...nexus, rpc, dataConverter, namespace, taskQueue, logger, metrics });
  return { rpc, flow, polls: [nexusPoll(around, rpc, flow)] };
}

function nexusPoll(around: NexusSurroundings, rpc: NexusRpc, flow: NexusTaskFlow): TaskPoll {
  return new LongPoll<NexusTask>({
    count: pollerCount(around.options.nexusPollers),
    pollerType: 'nexus_task',
    slots: around.slots,
    poll: async (signal) => {
      const response = await rpc.poll(signal);
      const task = decodeNexusTask(response, Date.now());
      if (task === undefined) around.metrics.count('nexus_poll_no_task');
      return { task, ...suggestion(response) };
    },
    onTask: (task, slot) => {
      slot.markUsed({ type: 'nexus', service: task.request.service, operation: task.request.operation });
      around.track(flow.process(task), slot);
    },
    onError: (error) => reportPollError(around, error),
  });
}
