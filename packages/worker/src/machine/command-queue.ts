/**
 * Commands in the order in which they were asked for. Each leaves the queue when the event that records it is folded;
 * until then it may also be withdrawn.
 *
 * I1. On replay nothing is ever `sent`; on new ground a command is sent once, and stays until its event comes back.
 */
import type { Intent } from '@reprise/workflow/runtime';
import type { CommandRequest } from './command-request.ts';
import type { Member, Thing } from './thing.ts';

export interface PendingCommand {
  readonly owner: Member;
  readonly request: CommandRequest;
  /** What workflow code asked for; its place is the place of the command. */
  readonly intent: Intent;
  withdrawn: boolean;
  sent: boolean;
}

export class CommandQueue {
  #pending: PendingCommand[] = [];

  add(owner: Member, request: CommandRequest, intent: Intent): void {
    this.#pending.push({ owner, request, intent, withdrawn: false, sent: false });
  }

  withdraw(thing: Thing): void {
    for (const command of this.#pending) if (command.owner.thing === thing) command.withdrawn = true;
  }

  /** The next command that was not withdrawn. */
  front(): PendingCommand | undefined {
    while (this.#pending[0]?.withdrawn === true) this.#pending.shift();
    return this.#pending[0];
  }

  takeFront(): PendingCommand | undefined {
    const front = this.front();
    if (front !== undefined) this.#pending.shift();
    return front;
  }

  /** Takes the next command that `belongs`, wherever it stands. */
  takeFirst(belongs: (command: PendingCommand) => boolean): PendingCommand | undefined {
    const index = this.#pending.findIndex((command) => !command.withdrawn && belongs(command));
    return index < 0 ? undefined : this.#pending.splice(index, 1)[0];
  }

  /** All that wait for their event, in order. */
  waiting(): readonly PendingCommand[] {
    return this.#pending.filter((command) => !command.withdrawn);
  }

  /** The commands that have not been sent yet; from now on they count as sent (I1). */
  takeUnsent(): PendingCommand[] {
    const unsent = this.#pending.filter((command) => !command.withdrawn && !command.sent);
    for (const command of unsent) command.sent = true;
    return unsent;
  }
}
