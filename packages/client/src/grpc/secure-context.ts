import { readFileSync } from 'node:fs';
import type { SecureContext } from 'node:tls';
import type { TLSConfig } from '../connection-options.ts';

/** Whom the client trusts, and how it proves who it is. */
export function secureContext({ serverRootCACertificate, clientCertPair }: TLSConfig): SecureContext {
  const ca = serverRootCACertificate ?? defaultRoots();
  return process.getBuiltinModule('node:tls').createSecureContext({
    ...(ca !== undefined && { ca: Buffer.from(ca) }),
    ...(clientCertPair !== undefined && {
      key: Buffer.from(clientCertPair.key),
      cert: Buffer.from(clientCertPair.crt),
      ...(clientCertPair.passphrase !== undefined && { passphrase: clientCertPair.passphrase }),
    }),
    ...(process.env['GRPC_SSL_CIPHER_SUITES'] !== undefined && { ciphers: process.env['GRPC_SSL_CIPHER_SUITES'] }),
  });
}

/** Those that gRPC is told to use by its environment variable; by default those of Node. */
function defaultRoots(): Uint8Array | undefined {
  const file = process.env['GRPC_DEFAULT_SSL_ROOTS_FILE_PATH'];
  return file === undefined || file === '' ? undefined : readFileSync(file);
}
