import type { Store } from '../store/store.ts';
import type { Random } from './random.ts';
import { openRecords } from './records.ts';

/** The same for as long as the database lives. */
export function openClusterId(store: Store, random: Random): string {
  const records = openRecords<string>(store, 'cluster');
  const known = records.get('id');
  if (known !== undefined) return known;
  const id = random.uuid();
  records.put('id', id);
  return id;
}
