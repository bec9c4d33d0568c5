import { invalidArgument } from '../../errors.ts';
import { unversioned } from '../../system/deployment/version-text.ts';

export interface VersionName {
  readonly deploymentName: string;
  readonly buildId: string;
}

type Message = { readonly [Field in keyof VersionName]?: string | null | undefined } | null | undefined;

const nameless: VersionName = { deploymentName: '', buildId: '' };

/** The text `<deployment>.<build>` of a version; an older form has a colon. */
export const versionNameText = (version: Message): string =>
  `${version?.deploymentName ?? ''}.${version?.buildId ?? ''}`;

/** What a text names, with empty parts where it stands for workers without a version; or what is wrong with it. */
export function parseVersionName(text: string): VersionName | { problem: string } {
  if (text === unversioned) return nameless;
  const [dot, colon] = [text.indexOf('.'), text.indexOf(':')];
  if (dot < 0 && colon < 0) return { problem: `expected delimiter ':' or '.' not found in version string ${text}` };
  const cut = dot < 0 ? text.length : colon < 0 ? dot : Math.min(dot, colon);
  const name = { deploymentName: text.slice(0, cut), buildId: text.slice(cut + 1) };
  if (name.deploymentName === '') return { problem: `deployment name is empty in version string ${text}` };
  if (name.buildId === '') return { problem: `build id is empty in version string ${text}` };
  return name;
}

/** The version that a request about one names. @throws ServiceError INVALID_ARGUMENT */
export function requireVersionName(text: string): VersionName {
  const name = parseVersionName(text);
  if (!('problem' in name)) return name;
  throw invalidArgument(`invalid version string "${text}", expected format is "<deployment_name>.<build_id>"`);
}

/** The build of a deployment that a request to change its routing names. @throws ServiceError INVALID_ARGUMENT */
export function requireBuildOf(deploymentName: string, text: string): string {
  const name = parseVersionName(text);
  if ('problem' in name) throw invalidArgument(`invalid version string: ${name.problem}`);
  if (name.deploymentName !== '' && name.deploymentName !== deploymentName) {
    throw invalidArgument(`invalid version string '${text}' does not match deployment name '${deploymentName}'`);
  }
  return name.buildId;
}
