import { edit, type SampleEdit } from './sample-edit.ts';

const f = 'report.ts';
export const REPORT_EDITS: readonly SampleEdit[] = [
  edit('batches of three', [[f, 'inBatches(names, 2)', 'inBatches(names, 3)']], ['R1002', 'executeChild(', 1]),
  edit(
    'one after the other',
    [
      [
        f,
        '    const done = await Promise.all(\n      batch.map((name) =>\n        executeChild(',
        '    const done: string[] = [];\n    for (const name of batch) {\n      done.push(\n        await executeChild(',
      ],
      [
        f,
        '          parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,\n        }),\n      ),\n    );',
        '          parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,\n        }),\n      );\n    }',
      ],
    ],
    ['R1002', undefined, 2],
  ),
  edit(
    'child of another type',
    [[f, 'executeChild(section, {', "executeChild('chapter', {"]],
    ['R1007', 'executeChild(', 2],
  ),
  edit(
    'ids of children',
    [[f, '${workflowInfo().workflowId}/${name}`', '${workflowInfo().workflowId}-${name}`']],
    ['R1017', 'executeChild(', 2],
  ),
  edit(
    'close policy of children',
    [[f, 'ParentClosePolicy.REQUEST_CANCEL', 'ParentClosePolicy.TERMINATE']],
    ['R2004w', 'executeChild(', 2],
  ),
  edit(
    'names sorted',
    [[f, 'const names = await list(year);', 'const names = (await list(year)).sort();']],
    ['R1002', undefined, 2],
  ),
  edit(
    'search attributes dropped',
    [[f, '  upsertSearchAttributes({ CustomKeywordField: [`parts-${parts.length}`] });\n', '']],
    ['R1004', 'merge(', 3, 'search attributes'],
  ),
  edit(
    'search attributes with another value',
    [[f, '`parts-${parts.length}`', '`${parts.length} parts`']],
    ['R2001w', 'upsertSearchAttributes(', 3, 'search attributes'],
  ),
  edit(
    'local activity renamed',
    [
      [f, '{ stamp, checksum }', '{ stamp, digest }'],
      [f, 'checksum(text: string)', 'digest(text: string)'],
      [f, 'await checksum(name)', 'await digest(name)'],
      [f, 'await checksum(whole)', 'await digest(whole)'],
    ],
    ['R1001', undefined, 11, '`checksum` was renamed to `digest`'],
  ),
  edit(
    'local activity first gone',
    [[f, '  const started = await stamp();\n', "  const started = 'now';\n"]],
    ['R1004', 'list(', 3, 'local activity `stamp` was removed'],
  ),
  edit(
    'local activity more',
    [[f, '  const names = await list(year);', '  const names = await list(year);\n  await stamp();']],
    ['R1003', 'stamp()', 3, 'new local activity `stamp`'],
  ),
  edit(
    'local activity as an activity',
    [
      [f, 'const { stamp, checksum } = proxyLocalActivities', 'const { stamp, checksum } = proxyActivities'],
      [f, '  proxyLocalActivities,\n', ''],
    ],
    ['R1001', undefined, 11, '`checksum` is now activity'],
    ['R1001', 'stamp(', 3, '`stamp` is now activity'],
  ),
  edit('signal of another name', [[f, ".signal('reported', sum)", ".signal('done', sum)"]], ['R1001', 'signal(', 1]),
  edit(
    'signal with other arguments',
    [[f, ".signal('reported', sum)", ".signal('reported', sum, year)"]],
    ['R2001w', 'signal(', 1],
  ),
  edit(
    'signal to everyone',
    [
      [f, 'if (listener !== undefined) {', '{'],
      [f, 'getExternalWorkflowHandle(listener)', "getExternalWorkflowHandle(listener ?? 'nobody')"],
    ],
    ['R1009', 'signal(', 2],
  ),
  edit(
    'cancels the listener too',
    [
      [
        f,
        ".signal('reported', sum);",
        ".signal('reported', sum);\n    await getExternalWorkflowHandle(listener).cancel();",
      ],
    ],
    ['R1009', 'cancel()', 1],
  ),
  edit(
    'nothing for years without parts',
    [[f, '  const parts: string[] = [];', "  if (names.length === 0) return '';\n  const parts: string[] = [];"]],
    ['R1008', "return '';", 1],
  ),
  edit(
    'heartbeat of the proxy',
    [[f, ", heartbeatTimeout: '30 seconds'", '']],
    ['R2004w', undefined, 11, 'heartbeatTimeout'],
  ),
  edit(
    'section uploads twice',
    [
      [
        f,
        '  return await upload(`${name}-${sum}`);',
        '  await upload(name);\n  return await upload(`${name}-${sum}`);',
      ],
    ],
    ['R1003', undefined, 8],
  ),
  edit('section not exported', [['all.ts', '{ report, section }', '{ report }']], ['R1011', undefined, 8, '`section`']),
];
