/** Asks for a sign of life when nothing has been heard for a while, and says so when none comes. */
import { setTimeout as startTimer, clearTimeout as stopTimer } from 'node:timers';

export interface KeepaliveSettings {
  /** Silence after which the other side is asked, ms. */
  readonly timeMs: number;
  /** How long it has to answer, ms. */
  readonly timeoutMs: number;
  /** Also while no call is under way. */
  readonly withoutCalls: boolean;
}

interface Peer {
  hasCalls(): boolean;
  ping(): void;
  onSilence(): void;
}

const MAX_TIMER_MS = 0x7fff_ffff;

export class Keepalive {
  readonly #settings: KeepaliveSettings;
  readonly #peer: Peer;
  #timer: NodeJS.Timeout | undefined;
  #hasHeard = false;

  constructor(settings: KeepaliveSettings, peer: Peer) {
    this.#settings = settings;
    this.#peer = peer;
    this.#wait();
  }

  /** Something has come from the other side. */
  heard(): void {
    this.#hasHeard = true;
  }

  stop(): void {
    stopTimer(this.#timer);
  }

  #wait(): void {
    this.#hasHeard = false;
    if (this.#settings.timeMs > MAX_TIMER_MS) return;
    this.#timer = startTimer(() => this.#look(), this.#settings.timeMs).unref();
  }

  #look(): void {
    if (this.#hasHeard || !(this.#settings.withoutCalls || this.#peer.hasCalls())) return this.#wait();
    this.#peer.ping();
    this.#timer = startTimer(() => {
      if (this.#hasHeard) this.#wait();
      else this.#peer.onSilence();
    }, this.#settings.timeoutMs).unref();
  }
}
