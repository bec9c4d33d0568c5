/** Connects to the first address of a host that answers. */
import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { clearTimeout as stopTimer, setTimeout as startTimer } from 'node:timers';
import type { HostPort } from './host-port.ts';
import { NameResolutionError } from './name-resolution-error.ts';

/** An address that has not answered by then gets company. */
const HEAD_START_MS = 250;

/** @throws what the last address failed with. */
export async function connectFirst({ host, port }: HostPort, signal: AbortSignal): Promise<Socket> {
  const addresses = await resolve({ host, port });
  signal.throwIfAborted();
  return new Race(addresses, port, signal).run();
}

async function resolve({ host, port }: HostPort): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    return interleaved((await lookup(host, { all: true })).map(({ address }) => address));
  } catch (cause) {
    throw new NameResolutionError(`Name resolution failed for target dns:${host}:${String(port)}`, { cause });
  }
}

/** Addresses of both families in turn, so that one family that leads nowhere costs little. */
function interleaved(addresses: readonly string[]): string[] {
  const [first] = addresses;
  const family = isIP(first ?? '');
  const same = addresses.filter((address) => isIP(address) === family);
  const other = addresses.filter((address) => isIP(address) !== family);
  return same.flatMap((address, at) => [address, ...other.slice(at, at + 1)]).concat(other.slice(same.length));
}

class Race {
  readonly #waiting: string[];
  readonly #port: number;
  readonly #signal: AbortSignal;
  readonly #running = new Set<Socket>();
  readonly #outcome = Promise.withResolvers<Socket>();
  #timer: NodeJS.Timeout | undefined;

  constructor(addresses: string[], port: number, signal: AbortSignal) {
    this.#waiting = addresses;
    this.#port = port;
    this.#signal = signal;
  }

  async run(): Promise<Socket> {
    const onAbort = (): void => this.#outcome.reject(this.#signal.reason as Error);
    this.#signal.addEventListener('abort', onAbort, { once: true });
    this.#startNext();
    try {
      return await this.#outcome.promise;
    } finally {
      this.#signal.removeEventListener('abort', onAbort);
      stopTimer(this.#timer);
      for (const socket of this.#running) socket.destroy();
    }
  }

  #startNext(): void {
    stopTimer(this.#timer);
    const host = this.#waiting.shift();
    if (host === undefined) return;
    const socket = connect({ host, port: this.#port, noDelay: true });
    this.#running.add(socket);
    socket.once('connect', () => {
      if (!this.#running.delete(socket)) return;
      socket.removeAllListeners();
      this.#outcome.resolve(socket);
    });
    socket.on('error', (error) => {
      this.#running.delete(socket);
      if (this.#waiting.length > 0) this.#startNext();
      else if (this.#running.size === 0) this.#outcome.reject(error);
    });
    if (this.#waiting.length > 0) this.#timer = startTimer(() => this.#startNext(), HEAD_START_MS);
  }
}
