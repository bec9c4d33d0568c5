/** The services of the wire: as values their definitions, as types what connections make of them. */
import {
  Health,
  OperatorService as operatorService,
  TestService as testService,
  WorkflowService as workflowService,
} from '@reprise/proto';
import type { RawHealthService, RawOperatorService, RawTestService, RawWorkflowService } from './connection.ts';

export const WorkflowService = workflowService;
export type WorkflowService = RawWorkflowService;
export const OperatorService = operatorService;
export type OperatorService = RawOperatorService;
export const TestService = testService;
export type TestService = RawTestService;
export const HealthService = Health;
export type HealthService = RawHealthService;
