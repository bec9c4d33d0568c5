import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  defineSignal,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@reprise/workflow';

interface Page {
  rows: number;
  next: number | null;
}

interface StageActivities {
  extract(source: string, page: number): Promise<Page>;
  transform(rows: number): Promise<number>;
  load(rows: number, table: string): Promise<void>;
  quarantine(source: string, why: string): Promise<void>;
}

const acts = proxyActivities<StageActivities>({ startToCloseTimeout: '1 minute', retry: { maximumAttempts: 2 } });
const slow = proxyActivities<StageActivities>({ startToCloseTimeout: '1 hour', taskQueue: 'pipeline-slow' });

export const pause = defineSignal('pause');
export const resume = defineSignal('resume');

class Pipeline {
  isPaused = false;
  loaded = 0;
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  async *pages(): AsyncGenerator<number> {
    for (let page: number | null = 0; page !== null;) {
      const { rows, next }: Page = await acts.extract(this.source, page);
      yield rows;
      page = next;
    }
  }

  async process(rows: number): Promise<void> {
    const good = await acts.transform(rows);
    if (good > 100) {
      await this.#loadInParts(good);
    } else {
      await acts.load(good, 'small');
    }
    this.loaded += good;
  }

  async #loadInParts(rows: number): Promise<void> {
    const halves = [Math.floor(rows / 2), Math.ceil(rows / 2)];
    await Promise.all(halves.map((half) => acts.load(half, 'large')));
  }
}

/** Extracts, transforms and loads page after page; sets sources aside that fail. */
export async function pipeline(source: string): Promise<{ loaded: number; queue: string }> {
  const work = new Pipeline(source);
  setHandler(pause, () => {
    work.isPaused = true;
  });
  setHandler(resume, () => {
    work.isPaused = false;
  });
  try {
    for await (const rows of work.pages()) {
      await condition(() => !work.isPaused);
      await work.process(rows);
      await sleep(rows * 10);
    }
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await acts.quarantine(source, error.cause instanceof ApplicationFailure ? (error.cause.type ?? '') : 'other');
  } finally {
    if (work.loaded > 0) {
      await acts.load(work.loaded, 'summary');
    }
  }
  return { loaded: work.loaded, queue: workflowInfo().taskQueue };
}

export { slow as slowActivities };
