import type { temporal } from '@reprise/proto';
import { invalidArgument, unimplemented } from '../../errors.ts';

type ScalingGroup = temporal.api.compute.v1.ComputeConfigScalingGroup;

/** What the service can have start workers. */
const providers: ReadonlySet<string> = new Set(['aws-lambda', 'aws-ecs', 'gcp-cloud-run', 'subprocess', 'k8s']);

/** This server starts no workers. @throws ServiceError UNIMPLEMENTED, or INVALID_ARGUMENT for what the service would not start either */
export function refuseScalingGroups(groups: readonly (readonly [string, ScalingGroup | null | undefined])[]): void {
  for (const [name, group] of groups) {
    const type = group?.provider?.type ?? '';
    if (providers.has(type)) continue;
    // Spelt as clients get it.
    throw invalidArgument(
      `%!w(*serviceerror.InvalidArgument=&{entry ${name}: invalid compute provider type '${type}' <nil>})`,
    );
  }
  if (groups.length > 0) throw unimplemented('this server starts no workers: leave the compute config out');
}
