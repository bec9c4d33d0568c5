import { z } from 'zod';
import { groupBy, sortBy } from 'lodash-es';
import { addDays, formatISO } from 'date-fns';
import ms from 'ms';
const schema = z.object({ id: z.string(), n: z.number() });
export async function hello(name) {
  return 'hello ' + name;
}
export async function uses(x) {
  const v = schema.parse(x);
  return [groupBy([v], 'id'), sortBy([v], 'n'), formatISO(addDays(new Date(0), 1)), ms('1d')];
}
