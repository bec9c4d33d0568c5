/** Everything that is not an execution, by name. */
import type { Store } from '../store/store.ts';
import type { UpdateOutcomes } from '../perform/update-outcomes.ts';
import type { TaskQueues } from '../matching/task-queues.ts';
import type { TimeSkipping } from '../time/time-skipping.ts';
import type { BatchOperations } from './batch/batch-operations.ts';
import type { Deployments } from './deployment/deployments.ts';
import type { NamespaceRegistry } from './namespaces.ts';
import type { BufferedQueries } from './buffered-queries.ts';
import type { Cron } from './cron.ts';
import type { NexusBreakers } from './nexus/nexus-breakers.ts';
import type { NexusEndpoints } from './nexus/nexus-endpoints.ts';
import type { QueueConfigs } from './queue-configs.ts';
import type { Retention } from './retention.ts';
import type { Schedules } from './schedule/schedules.ts';
import type { SearchAttributeRegistry } from './search-attribute/search-attributes.ts';
import type { WorkerRegistry } from './workers.ts';

export interface System {
  /** What GetSystemInfo answers. */
  readonly version: string;
  readonly clusterId: string;
  /** Where clients reach the server; empty while it does not listen. */
  readonly listening: { address: string };
  readonly store: Store;
  readonly cron: Cron;
  readonly queries: BufferedQueries;
  readonly updates: UpdateOutcomes;
  readonly namespaces: NamespaceRegistry;
  readonly searchAttributes: SearchAttributeRegistry;
  readonly queues: TaskQueues;
  readonly queueConfigs: QueueConfigs;
  readonly deployments: Deployments;
  readonly retention: Retention;
  readonly nexusEndpoints: NexusEndpoints;
  readonly nexusBreakers: NexusBreakers;
  readonly batches: BatchOperations;
  readonly schedules: Schedules;
  readonly workers: WorkerRegistry;
  /** Only on servers that were started with virtual time. */
  readonly timeSkipping: TimeSkipping | undefined;
}
