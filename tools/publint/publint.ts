/** Checks that every publishable package is well formed. The packages must have been built. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint, type Message } from 'publint';
import { formatMessage } from 'publint/utils';
import { publishableFolders } from '../pack/publishable-folders.ts';

/**
 * `require` names the same ESM file as `import`, since Node 24 loads it, with declarations of its own. That would
 * mislead about default imports; there are no default exports.
 */
function isSettled({ code, path }: Message): boolean {
  return code === 'EXPORTS_TYPES_INVALID_FORMAT' && path.includes('require');
}

for (const folder of publishableFolders()) {
  const { messages } = await publint({ pkgDir: folder, strict: true, pack: 'npm' });
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  for (const message of messages.filter((found) => !isSettled(found))) {
    console.error(`${String(manifest['name'])}: ${formatMessage(message, manifest)}`);
    process.exitCode = 1;
  }
}
