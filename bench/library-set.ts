import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Subject } from './subject.ts';

const count = 20;

/** Writes twenty workflow files that use three libraries; returns their entry, relative to the workflows folder. */
export function writeLibrarySet(subject: Subject): string {
  const folder = join(subject.root, 'workflows', 'libraries');
  mkdirSync(folder, { recursive: true });
  const numbers = Array.from({ length: count }, (_, index) => index);
  for (const index of numbers) writeFileSync(join(folder, `workflow-${index}.ts`), source(subject.scope, index));
  const names = numbers.map((index) => `export { workflow${index} } from './workflow-${index}';\n`);
  writeFileSync(join(folder, 'index.ts'), names.join(''));
  return 'libraries/index.ts';
}

/** Writes a workflow that uses three libraries and stays in the cache; returns its file, relative to the workflows folder. */
export function writeIdleWithLibraries(subject: Subject): string {
  writeFileSync(join(subject.root, 'workflows', 'idle-libraries.ts'), idleSource(subject.scope));
  return 'idle-libraries.ts';
}

const source = (scope: string, index: number): string => `
import { proxyActivities, sleep, defineSignal, setHandler, condition } from '${scope}/workflow';
import { z } from 'zod';
import { groupBy, sortBy, uniq, chunk } from 'lodash-es';
import { addDays, formatISO, parseISO, differenceInHours } from 'date-fns';

interface Activities {
  charge(id: string, amount: number): Promise<string>;
  ship(id: string): Promise<void>;
}
const activities = proxyActivities<Activities>({ startToCloseTimeout: '1 minute', retry: { maximumAttempts: 3 } });
export const cancel${index} = defineSignal<[string]>('cancel${index}');
const Input = z.object({ id: z.string(), items: z.array(z.object({ sku: z.string(), n: z.number() })), due: z.string().optional() });

function plan(raw: unknown): string[] {
  const input = Input.parse(raw);
  const due = input.due ? parseISO(input.due) : addDays(new Date(), ${index});
  const groups = groupBy(sortBy(input.items, 'sku'), 'sku');
  return uniq(chunk(Object.keys(groups), 2).map((pair) => pair.join('+') + formatISO(due) + differenceInHours(due, new Date())));
}

export async function workflow${index}(raw: { id: string }): Promise<string> {
  let cancelled: string | undefined;
  setHandler(cancel${index}, (why) => { cancelled = why; });
  for (const step of plan(raw)) await activities.charge(step, ${index});
  await sleep('1 hour');
  if (await condition(() => cancelled !== undefined, '1 day')) return 'cancelled: ' + cancelled;
  await activities.ship(raw.id);
  return 'done';
}
`;

const idleSource = (scope: string): string => `
import { condition } from '${scope}/workflow';
import { addDays, formatISO } from 'date-fns';
import { groupBy, sortBy } from 'lodash-es';
import { z } from 'zod';

const Item = z.object({ id: z.string(), n: z.number() });

export async function idle(): Promise<void> {
  const items = [2, 1].map((n) => Item.parse({ id: 'item-' + n, n }));
  const due = formatISO(addDays(new Date(0), items.length));
  const groups = groupBy(sortBy(items, 'n'), 'id');
  await condition(() => Object.keys(groups).length > due.length);
}
`;
