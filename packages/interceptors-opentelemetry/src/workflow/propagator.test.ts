import {
  baggageEntryMetadataFromString,
  createTraceState,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { w3cPropagator } from './propagator.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

const extract = (carrier: Record<string, string>) => w3cPropagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);

describe('the context in headers', () => {
  it('goes both ways', () => {
    const traceState = createTraceState('vendor=1');
    const traced = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1, traceState });
    const metadata = baggageEntryMetadataFromString('ttl=1');
    const baggage = propagation.createBaggage({ 'a b': { value: 'ä,=' }, c: { value: 'd', metadata } });
    const carrier: Record<string, string> = {};
    w3cPropagator.inject(propagation.setBaggage(traced, baggage), carrier, defaultTextMapSetter);
    expect(carrier).toEqual({
      traceparent: `00-${traceId}-${spanId}-01`,
      tracestate: 'vendor=1',
      baggage: 'a%20b=%C3%A4%2C%3D,c=d;ttl=1',
    });
    const back = extract(carrier);
    expect(trace.getSpanContext(back)).toMatchObject({ traceId, spanId, traceFlags: 1, isRemote: true });
    expect(trace.getSpanContext(back)?.traceState?.serialize()).toBe('vendor=1');
    expect(propagation.getBaggage(back)?.getEntry('a b')?.value).toBe('ä,=');
    expect(propagation.getBaggage(back)?.getEntry('c')?.metadata?.toString()).toBe('ttl=1');
  });

  it('leaves headers alone when there is nothing to say', () => {
    const carrier = {};
    w3cPropagator.inject(ROOT_CONTEXT, carrier, defaultTextMapSetter);
    expect(carrier).toEqual({});
    expect(w3cPropagator.fields()).toContain('traceparent');
  });

  it('reads versions to come, and several headers of one name', () => {
    const parent = extract({ traceparent: `01-${traceId}-${spanId}-03-more` });
    expect(trace.getSpanContext(parent)?.traceFlags).toBe(1);
    const getter = { get: () => ['a=1', 'b=2'], keys: () => [] };
    expect(propagation.getBaggage(w3cPropagator.extract(ROOT_CONTEXT, {}, getter))?.getAllEntries()).toHaveLength(2);
  });

  it.each([
    '',
    'nonsense',
    `ff-${traceId}-${spanId}-01`,
    `00-${traceId}-${spanId}-01-more`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
  ])('takes nothing from what is malformed: %s', (traceparent) => {
    expect(trace.getSpanContext(extract({ traceparent, baggage: 'alone,=x' }))).toBeUndefined();
  });
});
