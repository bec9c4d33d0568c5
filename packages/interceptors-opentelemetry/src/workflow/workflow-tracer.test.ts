import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import type { SerializableSpan } from '../serializable-span.ts';
import { WorkflowTracer } from './workflow-tracer.ts';

function traced(): { tracer: WorkflowTracer; ended: SerializableSpan[] } {
  const ended: SerializableSpan[] = [];
  return { tracer: new WorkflowTracer({ name: 'test', version: '1' }, (span) => ended.push(span)), ended };
}

const parent = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED };

describe('the tracer of workflow code', () => {
  it('makes spans that say what happened in them', () => {
    const { tracer, ended } = traced();
    const link = { context: parent };
    const span = tracer.startSpan('first', {
      attributes: { a: 1 },
      startTime: [1, 900_000_000],
      kind: SpanKind.CLIENT,
    });
    span.setAttribute('b', 'x').setAttributes({ c: true }).updateName('renamed').addLink(link);
    span.addEvent('seen', { d: 1 }, 2000).addEvent('timed', 2500);
    span.recordException(new RangeError('far'));
    span.recordException('text');
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'far' });
    expect(span.isRecording()).toBe(true);
    span.end([3, 100_000_000]);
    span.setAttribute('late', 1).addEvent('late').addLink(link).setStatus({ code: SpanStatusCode.OK });
    span.updateName('late');
    span.end();
    expect(span.isRecording()).toBe(false);
    expect(ended).toHaveLength(1);
    expect(ended[0]).toMatchObject({
      name: 'renamed',
      kind: SpanKind.CLIENT,
      attributes: { a: 1, b: 'x', c: true },
      startTime: [1, 900_000_000],
      endTime: [3, 100_000_000],
      duration: [1, 200_000_000],
      status: { code: SpanStatusCode.ERROR, message: 'far' },
      instrumentationLibrary: { name: 'test', version: '1' },
      ended: true,
    });
    expect(ended[0]?.attributes).not.toHaveProperty('late');
    expect(ended[0]?.links).toEqual([link]);
    expect(ended[0]?.events.map(({ name, attributes }) => [name, attributes?.['exception.message']])).toEqual([
      ['seen', undefined],
      ['timed', undefined],
      ['exception', 'far'],
      ['exception', 'text'],
    ]);
    expect(ended[0]?.events[1]?.time).toEqual([2, 500_000_000]);
  });

  it('makes spans parts of the one that is active, unless they are roots', () => {
    const { tracer, ended } = traced();
    const within = trace.setSpanContext(ROOT_CONTEXT, parent);
    tracer.startActiveSpan('part', {}, within, (span) => span.end());
    tracer.startSpan('root', { root: true }, within).end();
    expect(ended[0]).toMatchObject({ parentSpanId: parent.spanId, spanContext: { traceId: parent.traceId } });
    expect(ended[1]?.parentSpanId).toBeUndefined();
    expect(ended[1]?.spanContext.traceId).not.toBe(parent.traceId);
    expect(ended[1]?.spanContext.spanId).toMatch(/^[\da-f]{16}$/);
  });

  it('does not record what is part of what is not recorded', () => {
    const { tracer, ended } = traced();
    const within = trace.setSpanContext(ROOT_CONTEXT, { ...parent, traceFlags: TraceFlags.NONE });
    const span = tracer.startSpan('part', undefined, within);
    span.end();
    expect(span.spanContext()).toMatchObject({ traceId: parent.traceId, traceFlags: TraceFlags.NONE });
    expect(ended).toEqual([]);
  });

  it('gives back what the function gives', () => {
    const { tracer } = traced();
    expect(tracer.startActiveSpan('x', () => 5)).toBe(5);
    expect(tracer.startActiveSpan('x', { kind: SpanKind.CLIENT }, () => 6)).toBe(6);
    expect(trace.getSpan(context.active())).toBeUndefined();
  });
});
