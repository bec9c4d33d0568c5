import { failedPrecondition } from '../../errors.ts';
import type { DeploymentRecord } from './deployment-record.ts';

/** @throws ServiceError FAILED_PRECONDITION when the deployment is somebody else's to manage */
export function requireManager({ manager }: DeploymentRecord, identity: string): void {
  if (manager === '' || manager === identity) return;
  throw failedPrecondition(
    `ManagerIdentity '${manager}' is set and does not match user identity '${identity}'; to proceed, set your own identity as the ManagerIdentity, remove the ManagerIdentity, or wait for the other client to do so`,
  );
}
