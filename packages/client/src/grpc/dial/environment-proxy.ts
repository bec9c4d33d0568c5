/** The proxy that environment variables name, by the rules of gRPC. */
import { isIPv4 } from 'node:net';
import type { HostPort } from './host-port.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentProxy {
  readonly target: HostPort;
  readonly credentials: string | undefined;
}

/** undefined: none is named for this host, or one that is not asked by plain HTTP. */
export function environmentProxy(host: string, environment: Environment): EnvironmentProxy | undefined {
  const text = environment['grpc_proxy'] || environment['https_proxy'] || environment['http_proxy'];
  if (text === undefined || text === '' || !URL.canParse(text)) return undefined;
  const { protocol, hostname, port, username, password } = new URL(text);
  if (protocol !== 'http:' || isExcepted(host, environment)) return undefined;
  const names = [username, password].filter((part) => part !== '').map(decodeURIComponent);
  return {
    target: { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 80 : Number(port) },
    credentials: names.length === 0 ? undefined : names.join(':'),
  };
}

function isExcepted(host: string, environment: Environment): boolean {
  const list = environment['no_grpc_proxy'] || environment['no_proxy'] || '';
  return list.split(',').some((entry) => entry !== '' && (isInRange(host, entry) || host.endsWith(entry)));
}

/** Whether an address lies in a range such as `10.0.0.0/8`. */
function isInRange(host: string, range: string): boolean {
  const [base = '', bits = ''] = range.split('/');
  const prefix = Number.parseInt(bits, 10);
  if (!isIPv4(host) || !isIPv4(base) || !(prefix >= 0 && prefix <= 32)) return false;
  const size = 2 ** (32 - prefix);
  return Math.floor(toNumber(host) / size) === Math.floor(toNumber(base) / size);
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}
