/** TLS over a socket to a server. */
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';

export interface SecureOptions {
  readonly context: SecureContext;
  /** Whose certificate the server must show. */
  readonly serverName: string;
}

/** Resolves when both sides have agreed; rejects when the server's certificate is not trusted, or not for this name. */
export async function secure(
  socket: Socket,
  { context, serverName }: SecureOptions,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Loaded here, so that connections without TLS do not pay for it.
  const { connect, checkServerIdentity } = process.getBuiltinModule('node:tls');
  const secured = connect({
    socket,
    secureContext: context,
    ALPNProtocols: ['h2'],
    // Names only: addresses may not be sent.
    ...(isIP(serverName) === 0 && { servername: serverName }),
    checkServerIdentity: (_host, certificate) => checkServerIdentity(serverName, certificate),
  });
  const onClose = (): void => reject(new Error('The connection was closed while TLS was set up'));
  const onAbort = (): void => reject(signal.reason as Error);
  secured.on('secureConnect', resolve).on('error', reject).on('close', onClose);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await promise;
    return secured;
  } finally {
    signal.removeEventListener('abort', onAbort);
    secured.off('secureConnect', resolve).off('error', reject).off('close', onClose);
  }
}
