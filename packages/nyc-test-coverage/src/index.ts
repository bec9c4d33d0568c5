export type { CoverageSinks } from './coverage-sinks.ts';
export { WorkflowCoverage } from './workflow-coverage.ts';
