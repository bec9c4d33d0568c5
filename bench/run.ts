/**
 * npm run bench [-- --only install,server] [-- --against official] [-- --repetitions 5]
 *
 * Measures this SDK as its users get it (packed, then installed elsewhere) beside the goals it has set itself.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { bundle } from './groups/bundle.ts';
import { importing } from './groups/import.ts';
import { install } from './groups/install.ts';
import { replay } from './groups/replay.ts';
import { sandbox } from './groups/sandbox.ts';
import { scale } from './groups/scale.ts';
import { server } from './groups/server.ts';
import { start } from './groups/start.ts';
import { together } from './groups/together.ts';
import { worker } from './groups/worker.ts';
import type { Group } from './row.ts';
import { preparePublished, prepareReprise, type Subject } from './subject.ts';
import { renderTable, type Line } from './table.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    against: { type: 'string' },
    repetitions: { type: 'string', default: '5' },
  },
});
if (options.against !== undefined && options.against !== 'official') {
  throw new Error(`--against takes "official", found "${options.against}"`);
}
const repetitions = Number(options.repetitions);
const reprise = prepareReprise();
const published = options.against === undefined ? undefined : preparePublished();
const groups: Group[] = [
  install,
  importing,
  start,
  bundle,
  replay,
  sandbox,
  worker(reprise),
  server,
  scale,
  together(reprise),
];
const wanted = options.only?.split(',') ?? groups.map(({ name }) => name);
for (const name of wanted) {
  if (!groups.some((group) => group.name === name)) {
    throw new Error(`--only takes ${groups.map((group) => group.name).join(', ')}, found "${name}"`);
  }
}

async function measure(group: Group, subject: Subject): Promise<Partial<Record<string, number>>> {
  console.error(`measuring ${group.name} of ${subject.label} ...`);
  try {
    return await group.measure(subject, repetitions);
  } catch (error) {
    process.exitCode = 1;
    console.error(error);
    return {};
  }
}

const lines: Line[] = [];
for (const group of groups.filter(({ name }) => wanted.includes(name))) {
  const ours = await measure(group, reprise);
  const theirs = published ? await measure(group, published) : {};
  for (const [key, row] of Object.entries(group.rows)) lines.push({ row, ours: ours[key], published: theirs[key] });
}

console.log(
  `Node ${process.versions.node}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, ` +
    `medians of up to ${repetitions} fresh processes`,
);
console.log(renderTable(lines, published !== undefined));
console.log(
  published
    ? '"(recorded)": measured earlier with SDK 1.24.0 and its dev server 1.31.2 on two cores; that server cannot be had offline.\n' +
        'worker and together: the published SDK ran against this server, in the same way as ours.'
    : '"published" was recorded earlier with SDK 1.24.0 and its dev server 1.31.2 on two cores; compare in one run with --against official.',
);
