import type { ScheduleRecord } from './schedule-record.ts';

/** Schedules that have been deleted since the server started: those that had been asked before answer as they were. */
export class DeletedSchedules {
  readonly #asked = new Set<string>();
  readonly #deleted = new Map<string, ScheduleRecord | undefined>();

  /** Somebody asks a schedule that is not deleted. */
  noteAsked(key: string): void {
    this.#asked.add(key);
  }

  has(key: string): boolean {
    return this.#deleted.has(key);
  }

  /** As it was, when it has been asked before. */
  get(key: string): ScheduleRecord | undefined {
    return this.#deleted.get(key);
  }

  add(key: string, record: ScheduleRecord): void {
    this.#deleted.set(key, this.#asked.delete(key) ? record : undefined);
  }

  /** A new one has the name. */
  delete(key: string): void {
    this.#deleted.delete(key);
  }
}
