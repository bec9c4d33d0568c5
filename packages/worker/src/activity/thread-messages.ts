/** What passes between the worker and a thread that runs activities. */
import type { ActivityCancellationDetailsOptions, LogLevel, Payload } from '@reprise/common';
import type { ActivityTask } from './activity-task.ts';
import type { ActivityOutcome, CancelReason } from './execution.ts';

export interface ThreadSettings {
  /** The module that exports the activities. */
  readonly modulePath: string;
  readonly payloadConverterPath: string | undefined;
  readonly failureConverterPath: string | undefined;
}

export type ToThread =
  | { readonly kind: 'run'; readonly id: number; readonly task: ActivityTask }
  | {
      readonly kind: 'cancel';
      readonly id: number;
      readonly reason: CancelReason;
      readonly details: ActivityCancellationDetailsOptions;
    };

export type FromThread =
  | { readonly kind: 'ready'; readonly names: readonly string[] }
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: ActivityOutcome }
  | { readonly kind: 'heartbeat'; readonly id: number; readonly details: Payload | undefined }
  | {
      readonly kind: 'log';
      readonly level: LogLevel;
      readonly message: string;
      readonly meta: Record<string, unknown>;
    };
