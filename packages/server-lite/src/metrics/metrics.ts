/** Counters, gauges and histograms, and the text in which Prometheus reads them. */

export type Labels = Readonly<Record<string, string>>;

/** What is read when somebody asks: a number, or one for each set of labels. */
export type Reading = number | Iterable<{ readonly labels: Labels; readonly value: number }>;

const bucketsMs = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000, 60_000];

interface Histogram {
  readonly labels: Labels;
  readonly counts: number[];
  sumMs: number;
  count: number;
}

interface Family {
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly lines: (name: string) => string[];
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const labelText = (labels: Labels): string => {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
};

export class Metrics {
  readonly #families = new Map<string, Family>();

  /** @returns what to call for each event, with its labels */
  counter(name: string, help: string): (labels?: Labels) => void {
    const series = new Map<string, number>();
    const lines = (): string[] => [...series].map(([labels, value]) => `${name}${labels} ${value}`);
    this.#add(name, { help, type: 'counter', lines });
    return (labels = {}) => {
      const key = labelText(labels);
      series.set(key, (series.get(key) ?? 0) + 1);
    };
  }

  /** @returns what to call for each duration, in ms; Prometheus is told of seconds */
  histogram(name: string, help: string): (durationMs: number, labels: Labels) => void {
    const series = new Map<string, Histogram>();
    this.#add(name, {
      help,
      type: 'histogram',
      lines: () => [...series.values()].flatMap((one) => histogramLines(name, one)),
    });
    return (durationMs, labels) => {
      const key = labelText(labels);
      let histogram = series.get(key);
      if (!histogram) {
        histogram = { labels, counts: bucketsMs.map(() => 0), sumMs: 0, count: 0 };
        series.set(key, histogram);
      }
      observe(histogram, durationMs);
    };
  }

  /** Asked for whenever the metrics are read. */
  read(type: 'counter' | 'gauge', name: string, help: string, reading: () => Reading): void {
    const lines = (): string[] => {
      const value = reading();
      if (typeof value === 'number') return [`${name} ${value}`];
      return [...value].map((one) => `${name}${labelText(one.labels)} ${one.value}`);
    };
    this.#add(name, { help, type, lines });
  }

  text(): string {
    const texts = [...this.#families].map(([name, { help, type, lines }]) =>
      [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines(name)].join('\n'),
    );
    return `${texts.join('\n')}\n`;
  }

  #add(name: string, family: Family): void {
    this.#families.set(name, family);
  }
}

function observe(histogram: Histogram, durationMs: number): void {
  histogram.sumMs += durationMs;
  histogram.count++;
  const bucket = bucketsMs.findIndex((limit) => durationMs <= limit);
  if (bucket >= 0) histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + 1;
}

function histogramLines(name: string, { labels, counts, sumMs, count }: Histogram): string[] {
  let below = 0;
  const lines = bucketsMs.map((limit, index) => {
    below += counts[index] ?? 0;
    return `${name}_bucket${labelText({ ...labels, le: String(limit / 1000) })} ${below}`;
  });
  return [
    ...lines,
    `${name}_bucket${labelText({ ...labels, le: '+Inf' })} ${count}`,
    `${name}_sum${labelText(labels)} ${sumMs / 1000}`,
    `${name}_count${labelText(labels)} ${count}`,
  ];
}
