// Replays recordings with the published SDK: node src/replay.ts WORKFLOWS FOLDER. Prints what failed, as JSON.
import { readdirSync, readFileSync } from 'node:fs';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';

const [workflowsPath = '', folder = ''] = process.argv.slice(2);
Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF' } } });

interface Recording {
  /** The workflow id; child ids are derived from it. */
  id: string;
  histories: Record<string, { events: unknown[] }[]>;
}

function* recordedHistories() {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const { id, histories } = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Recording;
    for (const [suffix, runs] of Object.entries(histories)) {
      for (const history of runs) yield { workflowId: `${id}${suffix}`, history };
    }
  }
}

let replayed = 0;
const failures: string[] = [];
for await (const { workflowId, error } of Worker.runReplayHistories({ workflowsPath }, recordedHistories())) {
  replayed += 1;
  if (error) failures.push(`${workflowId}: ${error.message}`);
}
console.log(JSON.stringify({ replayed, failures }));
process.exit(0);
