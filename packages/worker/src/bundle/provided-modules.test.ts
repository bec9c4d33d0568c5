import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { IvmIsolate } from '../isolate/ivm-isolate.ts';
import { resultOf } from '../isolate/drive.suite.ts';
import { bundleOf } from './bundle-of.suite.ts';
import { bundleWorkflowCodeSync } from './bundle-workflow-code.ts';
import { providedName } from './provided-modules.ts';

it.each([
  ['@reprise/workflow', '@reprise/workflow'],
  ['@reprise/workflow/lib/interfaces', '@reprise/workflow'],
  ['@reprise/common/lib/failure.js', '@reprise/common'],
  ['@reprise/common/lib/encoding.js', '@reprise/common/lib/encoding'],
  ['@temporalio/common/lib/time', '@reprise/common/lib/time'],
  ['@temporalio/workflow', '@reprise/workflow'],
  ['@temporalio/workflow/lib/index.js', '@reprise/workflow'],
  ['@reprise/common/lib/internal-workflow/objects-helpers', '@reprise/common/lib/internal-workflow'],
  ['@reprise/common/lib/proto-utils', undefined],
  ['@reprise/common/lib/converter/protobuf-payload-converters', undefined],
  ['@temporalio/common/lib/internal-non-workflow', undefined],
  ['@temporalio/client', undefined],
  ['@reprise/workflows', undefined],
  ['lodash', undefined],
])('what is provided in place of a module: %s', (specifier, name) => {
  expect(providedName(specifier, { mapTemporalScope: true })).toBe(name);
});

it('leaves the published scope to the published packages unless it is asked to map it', () => {
  expect(providedName('@temporalio/workflow', { mapTemporalScope: false })).toBeUndefined();
});

it('has what files of the packages export beside what the packages do', () => {
  const bundle = bundleOf({
    'workflows.ts': `
      import { decode, encode } from '@reprise/common/lib/encoding';
      import { msToTs } from '@reprise/common/lib/time.js';
      import { isAbortError, SymbolBasedInstanceOfError } from '@reprise/common/lib/type-helpers';
      import { searchAttributePayloadConverter } from '@reprise/common/lib/converter/payload-search-attributes';
      import { ApplicationFailure } from '@reprise/common/lib/failure';
      import { filterNullAndUndefined } from '@reprise/common/lib/internal-workflow';
      class OutOfStock extends Error {}
      SymbolBasedInstanceOfError('OutOfStock')(OutOfStock);
      export async function files() {
        const other = Object.assign(new Error('from elsewhere'), { [Symbol.for('__temporal_isOutOfStock')]: true });
        return [
          decode(encode('text')), msToTs('2 minutes'), isAbortError(Object.assign(new Error(), { name: 'AbortError' })),
          other instanceof OutOfStock, new OutOfStock('x').name,
          searchAttributePayloadConverter.fromPayload(searchAttributePayloadConverter.toPayload([1, 2])),
          ApplicationFailure.nonRetryable('x').nonRetryable, filterNullAndUndefined({ a: 1, b: null }),
        ];
      }`,
  });
  const isolate = new IvmIsolate({ bundle });
  try {
    expect(resultOf(isolate, 'files')).toEqual([
      'text',
      { seconds: 120, nanos: 0 },
      true,
      true,
      'OutOfStock',
      [1, 2],
      true,
      { a: 1 },
    ]);
  } finally {
    isolate.dispose();
  }
});

it('takes what is installed beside the worker for what a project of the other scope has not installed', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'reprise-'));
  const workflowsPath = path.join(folder, 'workflows.ts');
  const tracing = '@temporalio/interceptors-opentelemetry/lib/workflow/index.js';
  writeFileSync(workflowsPath, `export { OpenTelemetryInboundInterceptor as interceptor } from '${tracing}';`);
  try {
    const { modules } = bundleWorkflowCodeSync({ workflowsPath, mapTemporalScope: true });
    expect(modules.map(({ file }) => path.basename(file))).toContain('workflow.js');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
