import { ApplicationFailure } from '@reprise/common';
import {
  getClient,
  log,
  metricMeter,
  operationInfo,
  signalWithStartWorkflow,
  startWorkflow,
  TemporalOperationHandler,
  TemporalOperationResult,
  WorkflowRunOperationHandler,
} from '@reprise/nexus';
import * as nexus from 'nexus-rpc';
import { shop } from './services.ts';
import { box, pack, waiting } from './workflows.ts';

export const service = nexus.serviceHandler(shop, {
  async price(_context, { cents }) {
    return cents * 2;
  },
  pack: new WorkflowRunOperationHandler(async (context, order) => {
    const handle = await startWorkflow(context, pack, { workflowId: `pack-${order.id}`, args: [order] });
    return handle;
  }),
  waitForever: new WorkflowRunOperationHandler((context, id) => startWorkflow(context, waiting, { workflowId: id })),
  delegate: new TemporalOperationHandler({
    async start(_context, client, to) {
      if (to === 'sync') return TemporalOperationResult.sync('at once');
      if (to === 'workflow') {
        return client.startWorkflow(pack, { workflowId: 'delegated', args: [{ id: 'delegated', cents: 1 }] });
      }
      if (to === 'activity') {
        return client.startActivity<string>('shout', {
          id: 'delegated',
          args: ['hello'],
          startToCloseTimeout: '10 seconds',
        });
      }
      await client.signalWithStartWorkflow<typeof box, [string]>(box, {
        workflowId: 'box',
        signal: 'poke',
        signalArgs: ['nexus'],
      });
      const handle = client.getWorkflowHandle<typeof box>('box');
      const [first] = await handle.query<string[]>('pokes');
      return handle.update<string, [string]>('add', { args: [`${first}`] });
    },
  }),
  async fail(_context, how) {
    if (how === 'operation') throw new nexus.OperationError('failed', 'not today');
    if (how === 'cancelled') throw new nexus.OperationError('canceled', 'never mind');
    if (how === 'handler') throw new nexus.HandlerError('BAD_REQUEST', 'what is that?');
    if (how === 'application') throw ApplicationFailure.nonRetryable('broken for good', 'Broken');
    if (how !== 'missing') return;
    const execution = { workflowId: 'no-such-workflow' };
    await getClient().workflowService.describeWorkflowExecution({ namespace: 'default', execution });
  },
  async look(context) {
    log.info('looking');
    metricMeter.createCounter('looks').add(1);
    return {
      info: operationInfo(),
      service: context.service,
      operation: context.operation,
      tenant: context.headers['TENANT'],
      hasDeadline: context.requestDeadline instanceof Date,
      links: context.inboundLinks.map(({ type }) => type),
      pokes: await pokesOfBox(context),
    };
  },
  async due(_context, date) {
    return new Date(date.getTime() + 1_000_000);
  },
});

async function pokesOfBox(context: nexus.StartOperationContext): Promise<unknown> {
  const handle = await signalWithStartWorkflow<typeof box, [string]>(context, box, {
    workflowId: 'looked-at',
    signal: 'poke',
    signalArgs: ['look'],
  });
  await handle.signal('poke', 'again');
  return await handle.query('pokes');
}
