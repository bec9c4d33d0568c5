/** Result codes of SQLite that say something of the disk or the file, not of our statements. */
const causes: ReadonlyMap<number, string> = new Map([
  [5, 'the database is locked'],
  [7, 'there is no memory left'],
  [8, 'the database may not be written'],
  [10, 'the disk answered with an error'],
  [11, 'the database file is damaged'],
  [13, 'the disk is full'],
  [14, 'the database file cannot be opened'],
]);

const primaryCode = (code: number): number => code & 0xff;

/** What is wrong with the storage, in words, when that is what an error says; undefined for errors of any other kind. */
export function storageFailure(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return causes.get(primaryCode(error.errcode));
}
