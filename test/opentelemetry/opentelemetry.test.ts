import { fileURLToPath } from 'node:url';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { Resource } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { makeWorkflowExporter, OpenTelemetryPlugin } from '@reprise/interceptors-opentelemetry';
import { Client } from '@reprise/client';
import { TestWorkflowEnvironment } from '@reprise/testing';
import { Worker } from '@reprise/worker';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as activities from './activities.ts';
import { change, failing, parent, poke, state } from './workflows.ts';

const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url));
const resource = new Resource({ 'service.name': 'shop' });
const taskQueue = 'traced';

describe('tracing', () => {
  const exporter = new InMemorySpanExporter();
  const processor = new SimpleSpanProcessor(exporter);
  let env: TestWorkflowEnvironment;
  let client: Client;
  let plugin: OpenTelemetryPlugin<Resource>;

  beforeAll(async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const propagators = [new W3CTraceContextPropagator(), new W3CBaggagePropagator()];
    propagation.setGlobalPropagator(new CompositePropagator({ propagators }));
    trace.setGlobalTracerProvider(new BasicTracerProvider({ resource, spanProcessors: [processor] }));
    env = await TestWorkflowEnvironment.createLocal();
    plugin = new OpenTelemetryPlugin({ resource, spanProcessor: processor });
    client = new Client({ connection: env.connection, plugins: [plugin] });
  });

  afterAll(async () => {
    await env.teardown();
    for (const api of [context, propagation, trace]) api.disable();
  });

  beforeEach(() => exporter.reset());

  const worker = () =>
    Worker.create({ connection: env.connection, taskQueue, workflowsPath, activities, plugins: [plugin] });

  function tree(): string[] {
    const spans = exporter.getFinishedSpans();
    const lines: string[] = [];
    const add = (span: ReadableSpan, depth: number): void => {
      lines.push(`${'  '.repeat(depth)}${span.name}`);
      const parts = spans.filter(({ parentSpanId }) => parentSpanId === span.spanContext().spanId);
      for (const part of parts.toSorted((a, b) => a.name.localeCompare(b.name))) add(part, depth + 1);
    };
    for (const span of spans.filter(({ parentSpanId }) => parentSpanId === undefined)) add(span, 0);
    return lines;
  }

  const named = (name: string): ReadableSpan => {
    const span = exporter.getFinishedSpans().find((one) => one.name === name);
    if (span === undefined) throw new Error(`no span ${name} in ${tree().join('\n')}`);
    return span;
  };

  it('goes from clients through workflows to activities and children', async () => {
    const baggage = propagation.createBaggage({ tenant: { value: 'a cme' } });
    const running = await worker();
    const result = await running.runUntil(
      context.with(propagation.setBaggage(context.active(), baggage), async () => {
        const handle = await client.workflow.start(parent, { taskQueue, workflowId: 'traced' });
        expect(await handle.executeUpdate(change, { args: ['it'] })).toBe('changed it');
        await handle.query(state);
        await handle.signal(poke, 'me');
        return await handle.result();
      }),
    );
    expect(result).toBe('a cme a cme');
    expect(tree()).toEqual([
      'StartWorkflow:parent',
      '  RunWorkflow:parent',
      '    own work',
      '    StartActivity:baggageTenant',
      '      RunActivity:baggageTenant',
      '    StartActivity:localNoop',
      '      RunActivity:localNoop',
      '    StartChildWorkflow:child',
      '      RunWorkflow:child',
      '        ContinueAsNew:child',
      '          RunWorkflow:child',
      'StartWorkflowUpdate:change',
      '  HandleUpdate:change',
      '  ValidateUpdate:change',
      'QueryWorkflow:state',
      '  HandleQuery:state',
      'SignalWorkflow:poke',
      '  HandleSignal:poke',
    ]);
    const run = named('RunWorkflow:parent');
    expect(run.attributes).toMatchObject({ workflowId: 'traced', workflowType: 'parent' });
    expect(run.resource.attributes['service.name']).toBe('shop');
    expect(run.status.code).toBe(1);
    expect(named('own work')).toMatchObject({ attributes: { poked: 'me' }, events: [{ name: 'poked' }] });
    expect(named('RunActivity:baggageTenant').attributes['temporalWorkflowId']).toBe('traced');
    const history = await env.client.workflow.getHandle('traced').fetchHistory();
    exporter.reset();
    await Worker.runReplayHistory({ workflowsPath, plugins: [plugin] }, history);
    expect(exporter.getFinishedSpans()).toEqual([]);
  });

  it('says what failed', async () => {
    const running = await Worker.create({
      connection: env.connection,
      taskQueue,
      workflowsPath,
      workflowFailureErrorTypes: { '*': ['TypeError'] },
      plugins: [plugin],
      interceptors: {},
    });
    const start = { taskQueue, workflowId: 'failing' };
    await running.runUntil(client.workflow.execute(failing, start).catch(() => undefined));
    const span = named('RunWorkflow:failing');
    expect(span.status).toEqual({ code: 2, message: 'broken' });
    expect(span.events[0]).toMatchObject({ name: 'exception', attributes: { 'exception.type': 'TypeError' } });
  });

  it('is set up piece by piece as well, with an exporter', async () => {
    const sinks = { exporter: makeWorkflowExporter(exporter, resource) };
    const workflowModules = [fileURLToPath(new URL('interceptors.ts', import.meta.url))];
    const running = await Worker.create({
      connection: env.connection,
      taskQueue,
      workflowsPath,
      workflowFailureErrorTypes: { '*': ['TypeError'] },
      sinks,
      interceptors: { workflowModules },
    });
    await running.runUntil(
      env.client.workflow.execute(failing, { taskQueue, workflowId: 'pieces' }).catch(() => undefined),
    );
    expect(tree()).toEqual(['RunWorkflow:failing']);
  });
});
