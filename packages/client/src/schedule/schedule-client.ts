import { ConnectedClient } from '../connected-client.ts';
import { checkSpelling } from '@reprise/common';
import type { Workflow } from '@reprise/common';
import { loadBaseClientOptions } from '../client-options.ts';
import type { BaseClientOptions, LoadedBaseClientOptions } from '../client-options.ts';
import { Converter } from '../convert/converter.ts';
import { storingService } from '../external-storage/storing-service.ts';
import { createSchedule } from './create-schedule.ts';
import { decodeScheduleSummary } from './decode-schedule.ts';
import { scheduleHandle } from './schedule-handle.ts';
import type { ScheduleHandle } from './schedule-handle.ts';
import type {
  ScheduleClientInterceptor,
  ScheduleOptions,
  ScheduleOptionsStartWorkflowAction,
  ScheduleSummary,
} from './schedule-options.ts';
import { callingSchedules } from './schedule-scope.ts';
import type { ScheduleScope } from './schedule-scope.ts';

/** Options of a `ScheduleClient`. */
export interface ScheduleClientOptions extends BaseClientOptions {
  interceptors?: readonly ScheduleClientInterceptor[];
}

export interface LoadedScheduleClientOptions extends LoadedBaseClientOptions {
  readonly interceptors: readonly ScheduleClientInterceptor[];
}

/** Which schedules to list. */
export interface ListScheduleOptions {
  pageSize?: number;
  /** A filter over search attributes. */
  query?: string;
}

/**
 * Creates schedules and talks to them.
 *
 * @example
 * ```ts
 * await client.schedule.create({
 *   scheduleId: 'nightly',
 *   spec: { calendars: [{ hour: 3 }], timezone: 'Europe/Berlin' },
 *   action: { type: 'startWorkflow', workflowType: report, taskQueue: 'reports' },
 * });
 * ```
 */
export class ScheduleClient extends ConnectedClient {
  readonly options: LoadedScheduleClientOptions;
  readonly #scope: ScheduleScope;

  constructor(options: ScheduleClientOptions = {}) {
    super();
    this.options = { ...loadBaseClientOptions(options), interceptors: options.interceptors ?? [] };
    this.#scope = {
      service: storingService(this.options),
      converter: new Converter(this.options.loadedDataConverter),
      namespace: this.options.namespace,
      identity: this.options.identity,
      interceptors: this.options.interceptors,
    };
  }

  /**
   * Creates a schedule.
   *
   * @throws ScheduleAlreadyRunning when there is one with this id.
   * @throws ValueError when a calendar names no month, day or whole number.
   */
  async create<W extends Workflow = Workflow>(
    options: ScheduleOptions<ScheduleOptionsStartWorkflowAction<W>>,
  ): Promise<ScheduleHandle> {
    await createSchedule(this.#scope, options);
    return this.getHandle(options.scheduleId);
  }

  /** A handle to a schedule by its id. Asks the server nothing. */
  getHandle(scheduleId: string): ScheduleHandle {
    return scheduleHandle(this, this.#scope, scheduleId);
  }

  /** Lists schedules, as they are asked for. */
  async *list(options: ListScheduleOptions = {}): AsyncGenerator<ScheduleSummary> {
    checkSpelling('ListScheduleOptions', options, { pageSize: true, query: true });
    const { pageSize, query } = options;
    const scope = this.#scope;
    let nextPageToken: Uint8Array | undefined;
    do {
      const token = nextPageToken;
      const response = await callingSchedules(scope, 'Failed to list schedules', undefined, () =>
        scope.service.listSchedules({
          namespace: scope.namespace,
          maximumPageSize: pageSize,
          query,
          nextPageToken: token,
        }),
      );
      for (const entry of response.schedules ?? []) yield await decodeScheduleSummary(scope.converter, entry);
      nextPageToken = response.nextPageToken ?? undefined;
    } while (nextPageToken !== undefined && nextPageToken.length > 0);
  }
}
