/**
 * npm run record [-- --sdk published] [-- --address HOST:PORT] [-- --keep] [PREFIX]
 *
 * Runs the recorded scenarios with our SDK or the published one, on this repository's server or on the one at the
 * address, and prints where they go another way than recorded. With --keep, the histories of this version, and those of the
 * examples, go to test/recorded, where every later version replays them.
 */
import { parseArgs } from 'node:util';
import { startServer } from '../../test/server-process.ts';
import { recordScenarios } from './record-scenarios.ts';
import { keepHistories } from './keep-histories.ts';
import { publishedSdkInstalled, type Sdk } from './stage.ts';

const { values, positionals } = parseArgs({
  options: {
    sdk: { type: 'string', default: 'reprise' },
    address: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

function chosenSdk(name: string): Sdk {
  if (name === 'published' && !publishedSdkInstalled()) {
    throw new Error('install the published SDK first: npm ci --prefix test/published-sdk');
  }
  if (name !== 'reprise' && name !== 'published')
    throw new Error(`--sdk takes "reprise" or "published", found "${name}"`);
  return name;
}

const sdk = chosenSdk(values.sdk);
const server =
  values.address === undefined ? await startServer(['--search-attribute', 'CustomKeywordField=Keyword']) : undefined;
const address = values.address ?? server?.address ?? '';
const { differences, passed, folder } = await recordScenarios({ sdk, address, prefix: positionals[0] ?? '' });
await server?.stop();
for (const difference of differences) console.log(difference);
console.log(`${passed} as recorded, ${differences.length} not; the new recordings are in ${folder}`);
if (values.keep) console.log(`kept in ${await keepHistories(folder)}`);
process.exitCode = differences.length === 0 ? 0 : 1;
