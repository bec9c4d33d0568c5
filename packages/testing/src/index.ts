export {
  type AlignmentRow,
  type CurrentStep,
  CorpusError,
  type CorpusCode,
  type Finding,
  type FindingCode,
  findHistoryFiles,
  type HistoryInput,
  type HistorySummary,
  openReplayer,
  parseHistory,
  readHistoryFile,
  type ReadResult,
  type RecordedHistory,
  type RecordedStep,
  Replayer,
  replayFiles,
  type ReplayFilesOptions,
  type ReplayFilesResult,
  replayHistories,
  replayHistory,
  type ReplayOptions,
  type ReplayReport,
  type ReplayVerdict,
  type SourcePlace,
} from './replay.ts';
export {
  defaultActivityInfo,
  MockActivityEnvironment,
  type MockActivityEnvironmentOptions,
} from './environment/mock-activity-environment.ts';
export type {
  ClientOptionsForTestEnv,
  DevServerConfig,
  EmbeddedServerOptions,
  EnvironmentPlugin,
  EphemeralServerExecutable,
  ExistingServerConnectionOptions,
  ExistingServerTestWorkflowEnvironmentOptions,
  LocalTestWorkflowEnvironmentOptions,
  TestWorkflowEnvironmentOptionsWithDefaults,
  TimeSkippingServerConfig,
  TimeSkippingTestWorkflowEnvironmentOptions,
} from './environment/environment-options.ts';
export type { NexusEndpointIdentifier } from './environment/nexus-endpoint.ts';
export { TestWorkflowEnvironment } from './environment/test-workflow-environment.ts';
export {
  TimeSkippingClient,
  type TimeSkippingResultOptions,
  TimeSkippingWorkflowClient,
} from './environment/time-skipping-client.ts';
export {
  HistoryExistsError,
  recordHistories,
  type RecordedFiles,
  type RecordHistoriesOptions,
} from './record/record-histories.ts';
export { workflowInterceptorModules } from './environment/workflow-interceptor-modules.ts';
export { type ActivityMock, type ActivityMocks, mockActivities } from './unit/mock-activities.ts';
export type { ChildMocks } from './unit/mocked-children.ts';
export {
  runWorkflow,
  type RunningWorkflow,
  type RunWorkflowOptions,
  type SignalInTime,
  type WorkflowRun,
} from './unit/run-workflow.ts';
export { WorkflowStuckError } from './unit/workflow-stuck-error.ts';
