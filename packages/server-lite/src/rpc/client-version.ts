import { ServiceError, StatusCode } from '../errors.ts';

type Comparator = (version: readonly number[]) => boolean;

const parse = (text: string): number[] | undefined => {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
};

function compare(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const operators: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '=': (order) => order === 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '': (order) => order === 0,
};

/** A range such as `>=1.0.0 <2.0.0`: parts side by side must all hold, `||` separates alternatives. */
function parseRange(text: string): Comparator[][] | undefined {
  const alternatives: Comparator[][] = [];
  for (const part of text.split('||')) {
    const all: Comparator[] = [];
    for (const [, operator = '', bound = ''] of part.matchAll(/([<>=!]*)\s*([\w.-]+)/g)) {
      const version = parse(bound);
      const test = operators[operator];
      if (!version || !test) return undefined;
      all.push((candidate) => test(compare(candidate, version)));
    }
    alternatives.push(all);
  }
  return alternatives;
}

/**
 * A client may name the server versions that it works with.
 *
 * @throws ServiceError FAILED_PRECONDITION with ServerVersionNotSupportedFailure
 */
export function checkClientVersion(headers: Readonly<Record<string, string>>, serverVersion: string): void {
  const supported = headers['supported-server-versions'];
  if (!supported || !headers['client-name']) return;
  const range = parseRange(supported);
  const version = parse(serverVersion);
  if (!range || !version || range.some((all) => all.every((test) => test(version)))) return;
  throw new ServiceError(
    StatusCode.FAILED_PRECONDITION,
    `Server version ${serverVersion} is not supported. Client supports server versions: ${supported}`,
    {
      type: 'temporal.api.errordetails.v1.ServerVersionNotSupportedFailure',
      value: { serverVersion, clientSupportedServerVersions: supported },
    },
  );
}
