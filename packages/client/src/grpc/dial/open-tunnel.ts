/** Asks an HTTP proxy, over a socket to it, for the way to a server. */
import type { Socket } from 'node:net';

export interface TunnelTarget {
  /** `host:port` of the server. */
  readonly address: string;
  /** `user:password`, for a proxy that asks who is there. */
  readonly credentials: string | undefined;
}

const MAX_ANSWER_BYTES = 16_384;

/** Resolves when what is written to the socket reaches the server. */
export async function openTunnel(socket: Socket, target: TunnelTarget, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let answer = Buffer.alloc(0);
  const onData = (chunk: Buffer): void => {
    answer = Buffer.concat([answer, chunk]);
    const end = answer.indexOf('\r\n\r\n');
    if (end === -1) {
      if (answer.length > MAX_ANSWER_BYTES) reject(new Error('The proxy did not answer as a proxy does'));
      return;
    }
    const [statusLine = ''] = answer.toString('latin1').split('\r\n', 1);
    if (!/^HTTP\/1\.\d 200\b/.test(statusLine)) {
      return reject(new Error(`The proxy did not open the way to ${target.address}: ${statusLine}`));
    }
    socket.pause();
    const rest = answer.subarray(end + 4);
    if (rest.length > 0) socket.unshift(rest);
    resolve();
  };
  const onEnd = (): void => reject(new Error('The proxy closed the connection'));
  const onAbort = (): void => reject(signal.reason as Error);
  socket.on('data', onData).on('error', reject).on('end', onEnd).on('close', onEnd);
  signal.addEventListener('abort', onAbort, { once: true });
  socket.write(request(target));
  try {
    await promise;
  } finally {
    signal.removeEventListener('abort', onAbort);
    socket.off('data', onData).off('error', reject).off('end', onEnd).off('close', onEnd);
  }
}

function request({ address, credentials }: TunnelTarget): string {
  const lines = [`CONNECT ${address} HTTP/1.1`, `Host: ${address}`];
  if (credentials !== undefined) {
    lines.push(`Proxy-Authorization: Basic ${Buffer.from(credentials).toString('base64')}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}
