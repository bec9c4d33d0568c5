import { afterAll, expect, test } from 'vitest';
import { DefaultLogger } from './log/default-logger.ts';
import { Runtime } from './runtime.ts';

afterAll(async () => {
  Runtime.install({});
  await Runtime.instance().shutdown();
});

test('a runtime that is made after another was shut down has what was installed last', async () => {
  const logger = new DefaultLogger('ERROR', () => undefined);
  await Runtime.install({ logger, workerHeartbeatInterval: 0 }).shutdown();
  expect(Runtime.instance().options).toMatchObject({ logger, workerHeartbeatInterval: 0 });
  await Runtime.instance().shutdown();
  const other = new DefaultLogger('WARN', () => undefined);
  await Runtime.install({ logger: other }).shutdown();
  expect(Runtime.instance().options).toMatchObject({ logger: other, workerHeartbeatInterval: 60_000 });
  expect(() => Runtime.install({})).toThrow('has already been instantiated');
  await Runtime.instance().shutdown();
});

test('a runtime refuses an option that is misspelt', () => {
  expect(() => Runtime.install({ loger: new DefaultLogger() } as never)).toThrow(
    'RuntimeOptions.loger is not known: did you mean logger?',
  );
});
