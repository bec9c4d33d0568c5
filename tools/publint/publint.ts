/** Checks that every publishable package is well formed. The packages must have been built. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { publishableFolders } from '../pack/publishable-folders.ts';

for (const folder of publishableFolders()) {
  const { messages } = await publint({ pkgDir: folder, strict: true, pack: 'npm' });
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  for (const message of messages) {
    console.error(`${String(manifest['name'])}: ${formatMessage(message, manifest)}`);
    process.exitCode = 1;
  }
}
