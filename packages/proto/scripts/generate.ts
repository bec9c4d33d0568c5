import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { readDescriptors } from './descriptors.ts';
import { renderEnums } from './render-enums.ts';
import { renderMessages } from './render-messages.ts';
import { renderServices } from './render-services.ts';
import { renderTables } from './render-tables.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../src/generated');
const descriptors = readDescriptors();
const files: Record<string, string> = {
  'tables.ts': renderTables(descriptors),
  'enums.ts': renderEnums(descriptors.enums),
  'messages.ts': renderMessages(descriptors),
  'service-types.ts': renderServices(descriptors.services),
};

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  const path = join(folder, name);
  // An unchanged file keeps its time, so that the compiler has nothing to do.
  if (currentText(path) !== text) writeFileSync(path, text);
}

function currentText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
