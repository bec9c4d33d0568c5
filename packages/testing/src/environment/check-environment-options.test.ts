import { expect, it } from 'vitest';
import { TestWorkflowEnvironment } from './test-workflow-environment.ts';

it.each([
  [{ servr: {} }, 'TestWorkflowEnvironmentOptions.servr is not known: did you mean server?'],
  [
    { server: { nameSpace: 'x' } },
    'TestWorkflowEnvironmentOptions.server.nameSpace is not known: did you mean namespace?',
  ],
])('an environment refuses %j', async (options, message) => {
  await expect(TestWorkflowEnvironment.createLocal(options as never)).rejects.toThrow(message);
  await expect(TestWorkflowEnvironment.createTimeSkipping(options as never)).rejects.toThrow(message);
});

it('an environment over a server of others refuses what is misspelt', async () => {
  const options = { adress: 'localhost:1' } as never;
  const message = 'TestWorkflowEnvironmentOptions.adress is not known: did you mean address?';
  await expect(TestWorkflowEnvironment.createFromExistingServer(options)).rejects.toThrow(message);
});
