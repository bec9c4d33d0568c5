import { ActivityFailure, WorkflowFailedError } from '@reprise/client';
import { ApplicationFailure } from '@reprise/common';
import { replayHistory, runWorkflow, WorkflowStuckError } from '@reprise/testing';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import type { Activities } from './activities.ts';
import {
  approve,
  asserts,
  bug,
  family,
  months,
  order,
  parent,
  rename,
  slowUpdates,
  spins,
  step,
  waitsForEver,
  when,
} from './workflows.ts';

const DAY = 86_400_000;
const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url));

async function failureOf(running: Promise<unknown>): Promise<Error> {
  const error: unknown = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WorkflowFailedError);
  return (error as WorkflowFailedError).cause as Error;
}

describe('runWorkflow', () => {
  const activities = { charge: () => 'payment-1', ship: (id: string) => `parcel-${id}` };

  it('runs a workflow in virtual time that moves only as far as it waits', async () => {
    const { result, durationMs, history } = await runWorkflow<typeof order, Activities>(order, {
      args: ['order-1'],
      time: '2026-01-30T12:00:00Z',
      signals: [{ signal: approve, args: ['Ada'], at: '2 days' }],
      activities,
    });
    expect(result).toBe('payment-1 parcel-order-1 by Ada at 2026-02-02T12:00:00.000Z');
    expect(durationMs).toBe(3 * DAY);
    expect(await replayHistory({ workflowsPath }, history)).toMatchObject({ status: 'passed' });
  });

  it('has mocks per call, each attempt counted', async () => {
    const ship = vi.fn<Activities['ship']>().mockResolvedValue('parcel-1');
    const charge = [
      () => {
        throw new Error('declined');
      },
      () => 'payment-2',
    ];
    const { result } = await runWorkflow<typeof order, Activities>(order, {
      args: ['order-1'],
      signals: [{ signal: 'approve', args: ['Ada'] }],
      activities: { charge, ship },
    });
    expect(result).toMatch(/^payment-2 parcel-1 by Ada/);
    expect(ship).toHaveBeenCalledExactlyOnceWith('order-1');
  });

  it('lets the test look at the workflow on the way', async () => {
    const seen: string[] = [];
    await runWorkflow<typeof order, Activities>(order, {
      args: ['order-1'],
      activities,
      async act({ handle, sleep }) {
        seen.push(await handle.query(step));
        await sleep('2 days');
        await handle.signal(approve, 'Ada');
        await sleep('1 hour');
        seen.push(await handle.query(step));
      },
    });
    expect(seen).toEqual(['waiting', 'packing']);
  });

  it('fails with what the workflow throws', async () => {
    const failure = await failureOf(runWorkflow(order, { args: ['order-1'] }));
    expect(failure).toMatchObject({ message: 'nobody approved', type: 'NotApproved' });
  });

  it('fails with programming errors and failed assertions, where a worker would try again', async () => {
    expect(await failureOf(runWorkflow(bug, {}))).toMatchObject({ type: 'TypeError' });
    const failure = await failureOf(runWorkflow(asserts, {}));
    expect(failure).toMatchObject({ type: 'AssertionError', message: 'expected 1 to be 2', nonRetryable: true });
  });

  it('names the activity that has no mock', async () => {
    const running = runWorkflow<typeof order, Activities>(order, {
      args: ['order-1'],
      signals: [{ signal: approve, args: ['Ada'] }],
      activities: { ship: () => 'parcel' },
    });
    const failure = (await failureOf(running)) as ActivityFailure;
    expect(failure).toBeInstanceOf(ActivityFailure);
    expect(failure.cause?.message).toContain("activity 'charge', for which there is no mock");
  });

  it('says where a workflow waits that does not end', async () => {
    const running = runWorkflow(waitsForEver, { patience: '300 ms' });
    await expect(running).rejects.toBeInstanceOf(WorkflowStuckError);
    await expect(running).rejects.toThrow(/waitsForEver.*workflows\.ts/s);
  });

  it('says that a signal came too late, and where it does not see the code', async () => {
    const late = { signal: approve, args: ['Ada'], at: '1 day' } as const;
    await expect(runWorkflow(when, { signals: [late] })).rejects.toThrow("signal 'approve' came too late");
    await expect(runWorkflow('elsewhere', {})).rejects.toThrow('cannot see where `elsewhere` is exported');
    await expect(runWorkflow(when, { time: 'yesterday' })).rejects.toThrow('time must be a date, found "yesterday"');
  });

  it('runs children, updates and chains of runs', async () => {
    const family = await runWorkflow(parent, {});
    expect(family).toMatchObject({ result: ['slept 3 days', 'slept 5 days'], durationMs: 5 * DAY });
    const updated = await runWorkflow(slowUpdates, {
      async act({ handle }) {
        expect(await handle.executeUpdate(rename, { args: ['Ada'] })).toBe('nobody');
      },
    });
    expect(updated).toMatchObject({ result: 'Ada', durationMs: 3_600_000 });
    expect((await runWorkflow(months, { args: [12] })).result).toBe(8);
  });

  it('has mocks of children, wherever they would run', async () => {
    const napper = vi.fn<(duration: string) => string>().mockReturnValue('mocked');
    const failing = (): never => {
      throw ApplicationFailure.nonRetryable('no stock', 'NoStock');
    };
    const { result, durationMs } = await runWorkflow(family, {
      children: { napper, 'elsewhere/ship': (id: string) => `shipped ${id}`, failing },
    });
    expect(result).toEqual(['mocked', 'shipped order-1', 'ApplicationFailure: no stock']);
    expect(napper).toHaveBeenCalledExactlyOnceWith('3 days');
    expect(durationMs).toBeLessThan(DAY);
  });

  it('names the child that nobody runs', async () => {
    const running = runWorkflow(family, { children: { napper: () => 'mocked' }, patience: '3 seconds' });
    await expect(running).rejects.toThrow(/child workflows under way.*elsewhere\/ship, workflow id/s);
  });

  it('ends code that loops, and says where', async () => {
    const running = runWorkflow(spins, { patience: '300 ms' });
    await expect(running).rejects.toThrow(/task fails.*did not yield within 5000 ms.*workflows\.ts/s);
  });

  it('runs many side by side, each with its own time', async () => {
    const years = [2001, 2010, 2020, 2030];
    const runs = await Promise.all(years.map((year) => runWorkflow(when, { time: Date.UTC(year, 0, 1) })));
    expect(runs.map(({ result }) => result)).toEqual(years.map((year) => `${year}-01-01T00:00:00.000Z`));
  });
});
