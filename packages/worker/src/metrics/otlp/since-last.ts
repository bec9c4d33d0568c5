import type { HistogramData, MetricFamily, Series } from '../metric-store.ts';

type Told = Pick<Series, 'value' | 'histogram'>;

export interface Growth {
  readonly families: readonly MetricFamily[];
  /** It has been told: the next growth begins here. */
  taken(): void;
}

/** What metrics have grown by since it was told last; gauges are as they are. */
export class SinceLast {
  #told: ReadonlyMap<string, Told> = new Map();

  growth(families: readonly MetricFamily[]): Growth {
    const now = new Map<string, Told>();
    const grown = families.map((family) => (family.kind === 'gauge' ? family : this.#grown(family, now)));
    return { families: grown, taken: () => void (this.#told = now) };
  }

  #grown(family: MetricFamily, now: Map<string, Told>): MetricFamily {
    const series = [...family.series].map(([key, { tags, value, histogram }]): [string, Series] => {
      const id = `${family.name}${key}`;
      const before = this.#told.get(id);
      now.set(id, { value, histogram: histogram && { ...histogram, counts: [...histogram.counts] } });
      const grown = histogram && difference(histogram, before?.histogram);
      return [key, { tags, value: value - (before?.value ?? 0), histogram: grown }];
    });
    return { ...family, series: new Map(series) };
  }
}

function difference(now: HistogramData, before: HistogramData | undefined): HistogramData {
  if (before === undefined) return now;
  const counts = now.counts.map((count, at) => count - (before.counts[at] ?? 0));
  return { bounds: now.bounds, counts, sum: now.sum - before.sum, count: now.count - before.count };
}
