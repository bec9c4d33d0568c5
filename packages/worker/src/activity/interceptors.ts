/** What users may put around activities. */
import type { Context, Info } from '@reprise/activity';
import type { Headers, MetricTags, Next } from '@reprise/common';

export interface ActivityExecuteInput {
  readonly args: unknown[];
  readonly headers: Headers;
}

export interface ActivityInboundCallsInterceptor {
  /** Called with the arguments of an activity; calls `next` to run it. */
  execute?(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown>;
}

export interface ActivityOutboundCallsInterceptor {
  /** Adds attributes to the lines that an activity logs. */
  getLogAttributes?(
    input: Record<string, unknown>,
    next: Next<ActivityOutboundCallsInterceptor, 'getLogAttributes'>,
  ): Record<string, unknown>;
  /** Adds tags to the metrics of an activity. */
  getMetricTags?(input: MetricTags, next: Next<ActivityOutboundCallsInterceptor, 'getMetricTags'>): MetricTags;
}

export interface ActivityInterceptors {
  inbound?: ActivityInboundCallsInterceptor;
  outbound?: ActivityOutboundCallsInterceptor;
}

/** Called once per attempt of an activity. */
export type ActivityInterceptorsFactory = (context: Context) => ActivityInterceptors;

/** The older form: called once per attempt, makes the inbound interceptor alone. */
export type ActivityInboundCallsInterceptorFactory = (context: Context) => ActivityInboundCallsInterceptor;

/** The attributes that each log line about an activity carries. */
export function activityLogAttributes(info: ActivityNames): Record<string, unknown> {
  return {
    isLocal: info.isLocal,
    attempt: info.attempt,
    namespace: info.namespace,
    taskToken: info.base64TaskToken,
    activityId: info.activityId,
    activityType: info.activityType,
    taskQueue: info.taskQueue,
    ...(info.workflowExecution === undefined
      ? { activityRunId: info.activityRunId }
      : {
          workflowId: info.workflowExecution.workflowId,
          workflowRunId: info.workflowExecution.runId,
          workflowType: info.workflowType,
        }),
  };
}

type ActivityNames = Omit<Info, 'heartbeatDetails'>;

/** Both forms as one list. */
export function activityInterceptorsOf(
  interceptors:
    | { activity?: ActivityInterceptorsFactory[]; activityInbound?: ActivityInboundCallsInterceptorFactory[] }
    | undefined,
): ActivityInterceptorsFactory[] {
  const older = interceptors?.activityInbound ?? [];
  return [
    ...(interceptors?.activity ?? []),
    ...older.map((factory): ActivityInterceptorsFactory => (context) => ({ inbound: factory(context) })),
  ];
}
