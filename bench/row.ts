import type { Subject } from './subject.ts';

/** One line of the table. */
export interface Row {
  what: string;
  unit: string;
  goal: number;
  /** Of the published SDK 1.24.0 and its dev server 1.31.2, recorded on a machine of two cores; absent where it was not. */
  recorded?: number;
  better: 'lower' | 'higher';
}

/** Rows that are measured together. */
export interface Group<Key extends string = string> {
  name: string;
  rows: Record<Key, Row>;
  /** Figures that a subject cannot give are absent: the recorded ones then stand in for the published SDK. */
  measure(subject: Subject, repetitions: number): Promise<Partial<Record<Key, number>>>;
}
