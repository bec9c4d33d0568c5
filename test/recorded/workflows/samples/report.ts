import {
  executeChild,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  proxyActivities,
  proxyLocalActivities,
  upsertSearchAttributes,
  workflowInfo,
} from '@reprise/workflow';

const { list, merge, upload } = proxyActivities<{
  list(year: number): Promise<string[]>;
  merge(parts: string[]): Promise<string>;
  upload(name: string): Promise<string>;
}>({ startToCloseTimeout: '5 minutes', heartbeatTimeout: '30 seconds' });
const { stamp, checksum } = proxyLocalActivities<{
  stamp(): Promise<string>;
  checksum(text: string): Promise<string>;
}>({ startToCloseTimeout: '2 seconds' });

/** One part of a report. */
export async function section(name: string): Promise<string> {
  const sum = await checksum(name);
  return await upload(`${name}-${sum}`);
}

function* inBatches<T>(items: T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** A child for each part, two at a time. */
export async function report(year: number, listener?: string): Promise<string> {
  const started = await stamp();
  const names = await list(year);
  const parts: string[] = [];
  for (const batch of inBatches(names, 2)) {
    const done = await Promise.all(
      batch.map((name) =>
        executeChild(section, {
          workflowId: `${workflowInfo().workflowId}/${name}`,
          args: [name],
          parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        }),
      ),
    );
    parts.push(...done);
  }
  upsertSearchAttributes({ CustomKeywordField: [`parts-${parts.length}`] });
  const whole = await merge(parts);
  const sum = await checksum(whole);
  if (listener !== undefined) {
    await getExternalWorkflowHandle(listener).signal('reported', sum);
  }
  return `${started}/${sum}`;
}
