import { edit, type SampleEdit } from './sample-edit.ts';

const p = 'pipeline.ts';
export const PIPELINE_EDITS: readonly SampleEdit[] = [
  edit('pages from one', [[p, 'page: number | null = 0', 'page: number | null = 1']], ['R2001w', 'extract(', 5]),
  edit(
    'transform dropped',
    [[p, 'const good = await acts.transform(rows);', 'const good = rows;']],
    ['R1004', undefined, 4],
  ),
  edit(
    'larger loads in one',
    [[p, 'if (good > 100)', 'if (good > 1000)']],
    ['R1004', undefined, 1],
    ['R2001w', 'load(good', 1],
  ),
  edit(
    'halves one after the other',
    [
      [
        p,
        "await Promise.all(halves.map((half) => acts.load(half, 'large')));",
        "for (const half of halves) await acts.load(half, 'large');",
      ],
    ],
    ['R1002', undefined, 1],
  ),
  edit(
    'three parts',
    [[p, '[Math.floor(rows / 2), Math.ceil(rows / 2)]', '[rows / 3, rows / 3, rows / 3]']],
    ['R1003', 'load(half', 1],
    ['R2001w', 'load(half', 1],
  ),
  edit('on the slow queue', [[p, "acts.load(good, 'small')", "slow.load(good, 'small')"]], ['R2004w', 'load(good', 3]),
  edit(
    'no summary',
    [[p, "    if (work.loaded > 0) {\n      await acts.load(work.loaded, 'summary');\n    }\n", '']],
    ['R1004', undefined, 4],
  ),
  edit('summary without the condition', [[p, 'if (work.loaded > 0) {', '{']]),
  edit(
    'quarantine after the summary',
    [
      [
        p,
        "    await acts.quarantine(source, error.cause instanceof ApplicationFailure ? (error.cause.type ?? '') : 'other');",
        "    if (work.loaded > 0) await acts.load(work.loaded, 'summary');\n    await acts.quarantine(source, 'other');\n    return { loaded: 0, queue: '' };",
      ],
    ],
    ['R1003', undefined, 1],
  ),
  edit('why of the quarantine', [[p, "(error.cause.type ?? '')", 'error.cause.message']], ['R2001w', 'quarantine(', 1]),
  edit(
    'errors not caught',
    [[p, '    if (!(error instanceof ActivityFailure)) throw error;', '    throw error;']],
    ['R1004', undefined, 1],
  ),
  edit('pause is not heard', [[p, '      await condition(() => !work.isPaused);\n', '']], ['R1002', 'transform(', 2]),
  edit(
    'sleeps only for big pages',
    [[p, 'await sleep(rows * 10);', 'if (rows > 100) await sleep(rows * 10);']],
    ['R1004', undefined, 3],
  ),
  edit(
    'sleep computed from what was loaded',
    [[p, 'sleep(rows * 10)', 'sleep(work.loaded * 10)']],
    ['R2002w', 'sleep(', 4],
  ),
  edit(
    'field of the result',
    [
      [p, 'queue: workflowInfo().taskQueue', 'taskQueue: workflowInfo().taskQueue'],
      [p, 'queue: string', 'taskQueue: string'],
    ],
    ['R2003w', 'return {', 4],
  ),
  edit(
    'private method throws',
    [[p, '    const halves =', '    if (rows > 200) throw new RangeError(`${rows}`);\n    const halves =']],
    ['R1010', 'new RangeError', 1],
  ),
  edit(
    'generator fetches one page ahead',
    [
      [
        p,
        '      const { rows, next }: Page = await acts.extract(this.source, page);\n      yield rows;\n      page = next;',
        '      const { rows, next }: Page = await acts.extract(this.source, page);\n      if (next !== null) void acts.extract(this.source, next);\n      yield rows;\n      page = next;',
      ],
    ],
    ['R1003', 'extract(this.source, next)', 5],
  ),
  edit(
    'class renamed, activity too',
    [
      [p, 'extract(source: string, page', 'pull(source: string, page'],
      [p, 'acts.extract(', 'acts.pull('],
      [p, 'class Pipeline', 'class Flow'],
      [p, 'new Pipeline', 'new Flow'],
    ],
    ['R1001', 'pull(', 5],
  ),
];
