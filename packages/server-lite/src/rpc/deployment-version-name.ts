import { invalidArgument } from '../errors.ts';

interface Named {
  readonly version?: string | null | undefined;
  readonly deploymentVersion?:
    | { deploymentName?: string | null | undefined; buildId?: string | null | undefined }
    | null
    | undefined;
}

/** A version given as a message, or as the text `<deployment>.<build>`. @throws ServiceError INVALID_ARGUMENT */
export function deploymentVersionName(request: Named): { deploymentName: string; buildId: string } {
  const { deploymentVersion, version } = request;
  if (deploymentVersion) {
    const deploymentName = deploymentVersion.deploymentName ?? '';
    const buildId = deploymentVersion.buildId ?? '';
    if (deploymentName === '') throw invalidArgument('deployment name cannot be empty');
    if (buildId === '') throw invalidArgument('build id cannot be empty');
    return { deploymentName, buildId };
  }
  const text = version ?? '';
  const dot = text.indexOf('.');
  if (dot <= 0 || dot === text.length - 1) {
    throw invalidArgument(`invalid version string "${text}", expected format is "<deployment_name>.<build_id>"`);
  }
  return { deploymentName: text.slice(0, dot), buildId: text.slice(dot + 1) };
}

/** The build that a request to change routing names: '' for workers without a version, undefined for none. */
export function requestedBuildId(request: {
  readonly version?: string | null | undefined;
  readonly buildId?: string | null | undefined;
}): string {
  const { version, buildId } = request;
  if (!version || version === '__unversioned__') return buildId ?? '';
  if (!/[.:]/.test(version)) {
    throw invalidArgument(
      `invalid version string: expected delimiter ':' or '.' not found in version string ${version}`,
    );
  }
  return deploymentVersionName({ version }).buildId;
}
