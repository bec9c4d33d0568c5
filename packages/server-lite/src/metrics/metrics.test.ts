import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';

test('the text that Prometheus reads', () => {
  const metrics = new Metrics();
  const asked = metrics.counter('asked', 'How often');
  const took = metrics.histogram('took', 'How long');
  metrics.read('gauge', 'size', 'How much', () => 3);
  metrics.read('gauge', 'depth', 'How deep', () => [{ labels: { queue: 'a "b"\n' }, value: 1.5 }]);
  asked({ operation: 'Start' });
  asked({ operation: 'Start' });
  asked();
  took(7, { operation: 'Start' });
  took(70_000, { operation: 'Start' });
  const lines = metrics.text().split('\n');
  expect(lines.slice(0, 4)).toEqual([
    '# HELP asked How often',
    '# TYPE asked counter',
    'asked{operation="Start"} 2',
    'asked 1',
  ]);
  expect(lines).toContain('took_bucket{operation="Start",le="0.005"} 0');
  expect(lines).toContain('took_bucket{operation="Start",le="0.01"} 1');
  expect(lines).toContain('took_bucket{operation="Start",le="+Inf"} 2');
  expect(lines).toContain('took_sum{operation="Start"} 70.007');
  expect(lines).toContain('size 3');
  expect(lines).toContain('depth{queue="a \\"b\\"\\n"} 1.5');
  expect(metrics.text().endsWith('\n')).toBe(true);
});
