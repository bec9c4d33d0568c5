import { beforeAll, describe, expect, it } from 'vitest';
import { skipTime } from '../../tools/record/skip-time.ts';
import { installPublishedSdk } from '../published-sdk/install.ts';
import { startServer } from '../server-process.ts';

const timeout = 1_800_000;

describe('every scenario in virtual time', () => {
  beforeAll(() => installPublishedSdk());

  it('goes as expected with the published SDK on this server', { timeout }, async () => {
    const { missed, ran } = await skipTime(() => startServer(['--time-skipping']));
    expect({ missed, ran }).toEqual({ missed: [], ran: 54 });
  });
});
