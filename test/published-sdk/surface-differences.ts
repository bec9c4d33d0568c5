/**
 * Where what we offer differs on purpose from what the published SDK exports, by reason. `*` stands for anything. Users
 * read about the first group in docs/moving-over.md; nothing of the rest keeps code from moving over.
 */
export const surfaceDifferences: Readonly<Record<string, readonly string[]>> = {
  'refused with an error that says what to use in its place': [
    'worker: *WorkerOptions.enableSDKTracing is missing',
    'worker: DNSLoadBalancingConfig is missing',
    'worker: NativeConnectionOptions.dnsLoadBalancingConfig is missing',
    'worker: TelemetryOptions.tracing* is missing',
  ],
  'there is no native code, and so nothing to talk to it with': [
    'client: InternalConnectionLike* is missing',
    'client: Connection.callContextStorage is missing',
    'proto: coresdk is missing',
    'worker: NativeConnection.callContextStorage is missing',
    'worker: Runtime.* is missing',
    'worker: Runtime:defaultOptions is missing',
    'worker: Runtime:instantiator is missing',
  ],
  'what the protobuf runtime of the published SDK adds to services and messages': [
    'client: *Service.* is missing',
    'client: *Service:create is missing',
    '*: ProtoFailure.failureInfo is missing',
    'proto: nexusannotations is missing',
  ],
  'worker.options has what was given beside what the worker makes of it': [
    'worker: CompiledWorkerOptions.* is optional here',
    'worker: CompiledWorkerOptions.* is optional there',
    'worker: CompiledWorkerOptions.isolateExecutionTimeout* is missing',
    'worker: CompiledWorkerOptions.nexusServiceHandlers is missing',
  ],
  'the insides of activations, which are our own': [
    'workflow: ContinueAsNew.eventGroupMarkers is missing',
    'workflow: SinkCall.* is missing',
  ],
  'always there, where the published SDK may leave it out': [
    '*: MetricMeter.createUpDownCounter is optional there',
    '*: metricMeter:createUpDownCounter is optional there',
    'client: Loaded*Options.connection is optional there',
    'client: LoadedClientOptions.workflow.queryRejectCondition is optional there',
    'client: ScheduleDescription*Action.args is optional there',
    'worker: LogExporterConfig.console is optional there',
    'worker: LogExporterConfig.forward is optional there',
    '*orkflowInfo.memo is optional there',
  ],
  'need not be given, where the published SDK demands it': [
    'client: ConnectionLike.plugins is optional here',
    'client: WorkflowExecution.workflowId is optional here',
    'envconfig: ClientConfigFromTomlOptions.strict is optional here',
    'worker: UnhandledRejectionError.cause is optional here',
    'worker: WorkflowBundle*.sourceMap* is optional here',
  ],
  'of no use to anybody outside': ['common*: StringValue is missing as a value'],
};
