import type { ScheduleRecord } from './schedule-record.ts';

interface Deleted {
  readonly record: ScheduleRecord;
  readonly wasAsked: boolean;
}

/** Schedules that have been deleted since the server started: those that had been asked before answer as they were. */
export class DeletedSchedules {
  readonly #asked = new Set<string>();
  readonly #deleted = new Map<string, Deleted>();

  /** Somebody asks a schedule that is not deleted. */
  noteAsked(key: string): void {
    this.#asked.add(key);
  }

  has(key: string): boolean {
    return this.#deleted.has(key);
  }

  /** As it was, when it has been asked before. */
  get(key: string): ScheduleRecord | undefined {
    const deleted = this.#deleted.get(key);
    return deleted?.wasAsked ? deleted.record : undefined;
  }

  /** What a request has created that is sent again: it creates nothing anew. */
  createdBy(key: string, requestId: string): ScheduleRecord | undefined {
    const record = this.#deleted.get(key)?.record;
    return record?.createRequestId === requestId ? record : undefined;
  }

  add(key: string, record: ScheduleRecord): void {
    this.#deleted.set(key, { record, wasAsked: this.#asked.delete(key) });
  }

  /** A new one has the name. */
  delete(key: string): void {
    this.#deleted.delete(key);
  }
}
