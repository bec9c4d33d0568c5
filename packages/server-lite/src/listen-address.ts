import { isIP } from 'node:net';

/** 127.0.0.0/8, ::1 and localhost: reachable from this machine only. */
export function isLoopback(ip: string): boolean {
  return ip === 'localhost' || ip === '::1' || (isIP(ip) === 4 && ip.startsWith('127.'));
}

/**
 * @throws Error when others could reach the server and nothing would stop them
 */
export function checkListenAddress(options: { ip: string; isProtected: boolean; allowRemote: boolean }): void {
  if (isLoopback(options.ip) || options.isProtected || options.allowRemote) return;
  throw new Error(
    `expected a loopback address (such as 127.0.0.1) to listen on, found ${options.ip}: anybody who can reach it could ` +
      'use the server. Set up mutual TLS or API keys, or allow it explicitly (allowRemote, --allow-remote).',
  );
}
