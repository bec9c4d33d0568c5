/** Counters, gauges and histograms, and the text in which Prometheus reads them. */

type Labels = Readonly<Record<string, string>>;

const bucketsMs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000, 60_000];

interface Histogram {
  readonly counts: number[];
  sumMs: number;
  count: number;
}

const labelText = (labels: Labels): string => {
  const parts = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
};

export class Metrics {
  readonly #counters = new Map<string, Map<string, number>>();
  readonly #histograms = new Map<string, Map<string, { labels: Labels; histogram: Histogram }>>();
  readonly #gauges = new Map<string, () => Iterable<{ labels: Labels; value: number }>>();

  count(name: string, labels: Labels = {}, by = 1): void {
    let series = this.#counters.get(name);
    if (!series) this.#counters.set(name, (series = new Map()));
    const key = labelText(labels);
    series.set(key, (series.get(key) ?? 0) + by);
  }

  time(name: string, labels: Labels, durationMs: number): void {
    let series = this.#histograms.get(name);
    if (!series) this.#histograms.set(name, (series = new Map()));
    const key = labelText(labels);
    let entry = series.get(key);
    if (!entry) {
      entry = { labels, histogram: { counts: new Array<number>(bucketsMs.length).fill(0), sumMs: 0, count: 0 } };
      series.set(key, entry);
    }
    const { histogram } = entry;
    histogram.sumMs += durationMs;
    histogram.count++;
    const bucket = bucketsMs.findIndex((limit) => durationMs <= limit);
    if (bucket >= 0) histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + 1;
  }

  /** Asked for whenever the metrics are read. */
  gauge(name: string, read: () => Iterable<{ labels: Labels; value: number }>): void {
    this.#gauges.set(name, read);
  }

  text(): string {
    const lines: string[] = [];
    for (const [name, series] of this.#counters) {
      lines.push(`# TYPE ${name} counter`, ...[...series].map(([labels, value]) => `${name}${labels} ${value}`));
    }
    for (const [name, read] of this.#gauges) {
      lines.push(`# TYPE ${name} gauge`);
      for (const { labels, value } of read()) lines.push(`${name}${labelText(labels)} ${value}`);
    }
    for (const [name, series] of this.#histograms) {
      lines.push(`# TYPE ${name} histogram`);
      for (const { labels, histogram } of series.values()) lines.push(...histogramLines(name, labels, histogram));
    }
    return `${lines.join('\n')}\n`;
  }
}

function histogramLines(name: string, labels: Labels, histogram: Histogram): string[] {
  let below = 0;
  const lines = bucketsMs.map((limit, index) => {
    below += histogram.counts[index] ?? 0;
    return `${name}_bucket${labelText({ ...labels, le: String(limit / 1000) })} ${below}`;
  });
  return [
    ...lines,
    `${name}_bucket${labelText({ ...labels, le: '+Inf' })} ${histogram.count}`,
    `${name}_sum${labelText(labels)} ${histogram.sumMs / 1000}`,
    `${name}_count${labelText(labels)} ${histogram.count}`,
  ];
}
