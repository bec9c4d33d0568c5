/** Whether something listens at an address, and if not, why not, in the words of gRPC. */
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';

const defaultPort = '443';
const patienceMs = 5000;

/** What the address resolves to, as `host:port`, and what is in the way of a connection to it. */
export type Dialled = { readonly reached: string } | { readonly problem: string };

const dialling = (problem: string): Dialled => ({
  problem: `connection error: desc = "transport: Error while dialing: ${problem}"`,
});

export async function dial(address: string): Promise<Dialled> {
  if (address === '') return { problem: 'dns resolver: missing address' };
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]*))(?::([^:]*))?$/.exec(address) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) {
    const reason = `address ${address}:${defaultPort}: too many colons in address`;
    return { problem: `invalid target address ${address}, error info: ${reason}` };
  }
  if (port === '') return { problem: 'dns resolver: missing port after port-separator colon' };
  const asked = port ?? defaultPort;
  if (!/^\d+$/.test(asked)) return dialling(`dial tcp: lookup tcp/${asked}: unknown port`);
  if (Number(asked) > 65_535) return dialling(`dial tcp: address ${asked}: invalid port`);
  const found = await lookup(host || 'localhost', { order: 'ipv4first' }).catch(() => undefined);
  if (!found) return { problem: 'no children to pick from' };
  const reached = found.family === 6 ? `[${found.address}]:${asked}` : `${found.address}:${asked}`;
  const problem = await connectionProblem(found.address, Number(asked));
  return problem === undefined ? { reached } : dialling(`dial tcp ${reached}: ${problem}`);
}

function connectionProblem(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patienceMs });
    const end = (problem?: string): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end('i/o timeout'));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' ? 'connect: connection refused' : error.message),
    );
  });
}
