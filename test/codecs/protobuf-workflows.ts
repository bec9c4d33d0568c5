import { JSONToPayload } from '@reprise/common/lib/proto-utils';
import { temporal } from '@reprise/proto';

const { DataBlob } = temporal.api.common.v1;

/** Hands back the message that it is given, read and written here too. */
export async function passOn(blob: temporal.api.common.v1.IDataBlob): Promise<temporal.api.common.v1.IDataBlob> {
  const again = DataBlob.decode(DataBlob.encode(blob).finish());
  const expected = JSONToPayload({ data: '3q2+7w==' }).data;
  if (String(again.data) !== String(expected))
    throw new Error(`expected ${String(expected)}, got ${String(again.data)}`);
  return Promise.resolve(again);
}
