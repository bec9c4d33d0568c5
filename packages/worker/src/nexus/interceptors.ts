/** What users may put around handlers of Nexus operations. */
import type { MetricTags, Next } from '@reprise/common';
import type {
  CancelOperationContext,
  HandlerStartOperationResult,
  OperationContext,
  StartOperationContext,
} from 'nexus-rpc';

export interface NexusStartOperationInput {
  readonly ctx: StartOperationContext;
  readonly input: unknown;
}

export interface NexusStartOperationOutput {
  readonly result: HandlerStartOperationResult<unknown>;
}

export interface NexusCancelOperationInput {
  readonly ctx: CancelOperationContext;
  readonly token: string;
}

export interface NexusInboundCallsInterceptor {
  /** Called with the input of an operation; calls `next` to start it. */
  startOperation?(
    input: NexusStartOperationInput,
    next: Next<NexusInboundCallsInterceptor, 'startOperation'>,
  ): Promise<NexusStartOperationOutput>;
  /** Called with the token of an operation; calls `next` to cancel it. */
  cancelOperation?(
    input: NexusCancelOperationInput,
    next: Next<NexusInboundCallsInterceptor, 'cancelOperation'>,
  ): Promise<void>;
}

export interface NexusOutboundCallsInterceptor {
  /** Adds attributes to the lines that a handler logs. */
  getLogAttributes?(
    input: Record<string, unknown>,
    next: Next<NexusOutboundCallsInterceptor, 'getLogAttributes'>,
  ): Record<string, unknown>;
  /** Adds tags to the metrics of a handler. */
  getMetricTags?(input: MetricTags, next: Next<NexusOutboundCallsInterceptor, 'getMetricTags'>): MetricTags;
}

export interface NexusInterceptors {
  inbound?: NexusInboundCallsInterceptor;
  outbound?: NexusOutboundCallsInterceptor;
}

/** Called once per request for an operation. */
export type NexusInterceptorsFactory = (context: OperationContext) => NexusInterceptors;
