import { Health, HealthCheckResponseServingStatus, OperatorService, WorkflowService } from '@reprise/proto';
import { ServiceError, StatusCode } from '../errors.ts';
import type { HealthHandler } from './rpc.ts';

const known: ReadonlySet<string> = new Set(['', WorkflowService.name, OperatorService.name, Health.name]);

export const check: HealthHandler<'check'> = async ({ service }) => {
  if (!known.has(service ?? '')) throw new ServiceError(StatusCode.NOT_FOUND, 'unknown service');
  return { status: HealthCheckResponseServingStatus.SERVING };
};
