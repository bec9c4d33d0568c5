/** Opens a socket to a server: the first address that answers, a proxy if there is one, TLS if it is wanted. */
import type { Socket } from 'node:net';
import { connectFirst } from './connect-first.ts';
import type { HostPort } from './host-port.ts';
import { openTunnel } from './open-tunnel.ts';
import type { TunnelTarget } from './open-tunnel.ts';
import { secure } from './secure.ts';
import type { SecureOptions } from './secure.ts';

export interface Route {
  /** The server, or the proxy. */
  readonly target: HostPort;
  /** What the proxy is asked for. */
  readonly tunnel: TunnelTarget | undefined;
  readonly tls: SecureOptions | undefined;
}

/** Rejects with what stood in the way; by then nothing is open any more. */
export async function dial({ target, tunnel, tls }: Route, signal: AbortSignal): Promise<Socket> {
  const socket = await connectFirst(target, signal);
  // Errors that come while nobody else listens are told by 'close' as well.
  const ignore = (): void => undefined;
  socket.on('error', ignore);
  try {
    if (tunnel !== undefined) await openTunnel(socket, tunnel, signal);
    signal.throwIfAborted();
    return tls === undefined ? socket : await secure(socket, tls, signal);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
