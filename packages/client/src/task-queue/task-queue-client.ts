import { ConnectedClient } from '../connected-client.ts';
import { enumCodec, NamespaceNotFoundError } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { decodeError } from '../call/decode-error.ts';
import { status } from '../call/status.ts';
import { loadBaseClientOptions } from '../client-options.ts';
import type { BaseClientOptions, LoadedBaseClientOptions } from '../client-options.ts';
import { BuildIdNotFoundError, isGrpcServiceError } from '../errors.ts';

/** Adds a build id in a set of its own, which becomes the default. */
export interface AddNewIdInNewDefaultSet {
  readonly operation: 'addNewIdInNewDefaultSet';
  readonly buildId: string;
}
/** Adds a build id to the set of another. */
export interface AddNewCompatibleVersion {
  readonly operation: 'addNewCompatibleVersion';
  readonly buildId: string;
  readonly existingCompatibleBuildId: string;
  readonly promoteSet?: boolean;
}
/** Makes the set of a build id the default. */
export interface PromoteSetByBuildId {
  readonly operation: 'promoteSetByBuildId';
  readonly buildId: string;
}
/** Makes a build id the default of its set. */
export interface PromoteBuildIdWithinSet {
  readonly operation: 'promoteBuildIdWithinSet';
  readonly buildId: string;
}
/** Makes one set of two. */
export interface MergeSets {
  readonly operation: 'mergeSets';
  readonly primaryBuildId: string;
  readonly secondaryBuildId: string;
}

/** A change to the sets of build ids of a task queue. */
export type BuildIdOperation =
  | AddNewIdInNewDefaultSet
  | AddNewCompatibleVersion
  | PromoteSetByBuildId
  | PromoteBuildIdWithinSet
  | MergeSets;

/** Build ids that are compatible with one another. */
export interface BuildIdVersionSet {
  readonly buildIds: readonly string[];
  readonly default: string;
}

/** The sets of build ids of a task queue. */
export interface WorkerBuildIdVersionSets {
  /** The last one is the default. */
  readonly versionSets: readonly BuildIdVersionSet[];
  readonly defaultSet: BuildIdVersionSet;
  /** The default build id of the default set. */
  readonly defaultBuildId: string;
}

/** Which workflows may still need a build id. */
export const ReachabilityType = {
  NEW_WORKFLOWS: 'NEW_WORKFLOWS',
  EXISTING_WORKFLOWS: 'EXISTING_WORKFLOWS',
  OPEN_WORKFLOWS: 'OPEN_WORKFLOWS',
  CLOSED_WORKFLOWS: 'CLOSED_WORKFLOWS',
} as const;
export type ReachabilityType = (typeof ReachabilityType)[keyof typeof ReachabilityType];

const reachabilities = enumCodec<ReachabilityType>('TaskReachability', 'TASK_REACHABILITY_', {
  NEW_WORKFLOWS: 1,
  EXISTING_WORKFLOWS: 2,
  OPEN_WORKFLOWS: 3,
  CLOSED_WORKFLOWS: 4,
});
/** The number of a ReachabilityType. */
export const encodeTaskReachability = reachabilities.encode;
/** The ReachabilityType of a number. */
export const decodeTaskReachability = reachabilities.decode;

/** Stands for workers without a build id. */
export const UnversionedBuildId = Symbol.for('__temporal_unversionedBuildId');
export type UnversionedBuildIdType = typeof UnversionedBuildId;

/** What reachability is asked for, before one of build ids and task queues is demanded. */
export interface BaseReachabilityOptions {
  buildIds: (string | UnversionedBuildIdType)[];
  taskQueues?: string[];
  reachability?: ReachabilityType;
}

/** What reachability is asked for: of build ids, on task queues, or both. */
export type ReachabilityOptions = Partial<BaseReachabilityOptions> &
  (Required<Pick<BaseReachabilityOptions, 'buildIds'>> | Required<Pick<BaseReachabilityOptions, 'taskQueues'>>);

/** A ReachabilityType, or that the server has not looked. */
export type ReachabilityTypeResponse = ReachabilityType | 'NOT_FETCHED';

/** By task queue, which workflows may still need a build id. */
export interface BuildIdReachability {
  readonly taskQueueReachability: Record<string, ReachabilityTypeResponse[]>;
}

/** By build id and task queue, which workflows may still need it. */
export interface ReachabilityResponse {
  readonly buildIdReachability: Record<string | UnversionedBuildIdType, BuildIdReachability>;
}

export type TaskQueueClientOptions = BaseClientOptions;
export type LoadedTaskQueueClientOptions = LoadedBaseClientOptions;

type CompatibilityRequest = temporal.api.workflowservice.v1.UpdateWorkerBuildIdCompatibilityRequest;

/** Changes and reads the build ids of task queues. Superseded by worker deployments. */
export class TaskQueueClient extends ConnectedClient {
  readonly options: LoadedBaseClientOptions;

  constructor(options: BaseClientOptions = {}) {
    super();
    this.options = loadBaseClientOptions(options);
  }

  /** Changes the build ids of a task queue. @throws BuildIdNotFoundError when it names one that is not known. */
  async updateBuildIdCompatibility(taskQueue: string, operation: BuildIdOperation): Promise<void> {
    const request = { namespace: this.options.namespace, taskQueue, ...encodeOperation(operation) };
    await this.#call('Failed to update Build Id compatibility', () =>
      this.workflowService.updateWorkerBuildIdCompatibility(request),
    );
  }

  /** The sets of build ids of a task queue; undefined when it has none. */
  async getBuildIdCompatability(taskQueue: string): Promise<WorkerBuildIdVersionSets | undefined> {
    const { namespace } = this.options;
    const response = await this.#call('Failed to get Build Id compatibility', () =>
      this.workflowService.getWorkerBuildIdCompatibility({ namespace, taskQueue }),
    );
    const versionSets = (response.majorVersionSets ?? []).map(({ buildIds }) => ({
      buildIds: buildIds ?? [],
      default: buildIds?.at(-1) ?? '',
    }));
    const defaultSet = versionSets.at(-1);
    return defaultSet && { versionSets, defaultSet, defaultBuildId: defaultSet.default };
  }

  /** Which workflows may still need build ids. */
  async getReachability(options: ReachabilityOptions): Promise<ReachabilityResponse> {
    const request = {
      namespace: this.options.namespace,
      taskQueues: options.taskQueues,
      buildIds: options.buildIds?.map((id) => (typeof id === 'string' ? id : '')),
      reachability: encodeTaskReachability(options.reachability) as temporal.api.enums.v1.TaskReachability | undefined,
    };
    const response = await this.#call('Failed to get Build Id reachability', () =>
      this.workflowService.getWorkerTaskReachability(request),
    );
    return reachabilityResponseFromProto(response);
  }

  async #call<R>(action: string, call: () => Promise<R>): Promise<R> {
    try {
      return await call();
    } catch (error) {
      const decoded = decodeError(error, { action, namespace: this.options.namespace });
      if (decoded instanceof NamespaceNotFoundError) throw decoded;
      if (isGrpcServiceError(error) && error.code === status.NOT_FOUND) throw new BuildIdNotFoundError(error.details);
      throw decoded;
    }
  }
}

/** Reachability out of the answer of the wire. */
export function reachabilityResponseFromProto(
  response: temporal.api.workflowservice.v1.GetWorkerTaskReachabilityResponse,
): ReachabilityResponse {
  const entries = (response.buildIdReachability ?? []).map(({ buildId, taskQueueReachability }) => [
    buildId === '' || buildId == null ? UnversionedBuildId : buildId,
    {
      taskQueueReachability: Object.fromEntries(
        (taskQueueReachability ?? []).map(({ taskQueue, reachability }) => [
          taskQueue ?? '',
          (reachability ?? []).map((number) => decodeTaskReachability(number) ?? 'NOT_FETCHED'),
        ]),
      ),
    },
  ]);
  return { buildIdReachability: Object.fromEntries(entries) as ReachabilityResponse['buildIdReachability'] };
}

function encodeOperation(operation: BuildIdOperation): CompatibilityRequest {
  switch (operation.operation) {
    case 'addNewIdInNewDefaultSet':
      return { addNewBuildIdInNewDefaultSet: operation.buildId };
    case 'addNewCompatibleVersion':
      return {
        addNewCompatibleBuildId: {
          newBuildId: operation.buildId,
          existingCompatibleBuildId: operation.existingCompatibleBuildId,
          makeSetDefault: operation.promoteSet,
        },
      };
    case 'promoteSetByBuildId':
      return { promoteSetByBuildId: operation.buildId };
    case 'promoteBuildIdWithinSet':
      return { promoteBuildIdWithinSet: operation.buildId };
    case 'mergeSets':
      return {
        mergeSets: { primarySetBuildId: operation.primaryBuildId, secondarySetBuildId: operation.secondaryBuildId },
      };
  }
}
