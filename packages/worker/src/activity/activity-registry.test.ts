import { expect, test } from 'vitest';
import { ActivityRegistry } from './activity-registry.ts';

test('functions are activities; constants beside them are none, which calling one says', () => {
  const registry = new ActivityRegistry({ pay: () => 1, LIMIT: 5, late: undefined });
  expect(registry.names).toEqual(['pay']);
  const ask = (name: string) => () => registry.get(name);
  expect(ask('LIMIT')).toThrow(
    'Activity function LIMIT is not registered on this Worker, available activities: ["pay"]: this member of WorkerOptions.activities must be a function, got 5',
  );
  expect(ask('late')).toThrow('must be a function, got undefined');
  expect(ask('other')).toThrow(/available activities: \["pay"\]$/);
});
