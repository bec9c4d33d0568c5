import { RpcError, WorkerStatus } from '@reprise/proto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { workerHeartbeat, type WorkerProfile, type WorkerSnapshot } from './worker-heartbeat.ts';
import { WorkerHeartbeats } from './worker-heartbeats.ts';

const profile: WorkerProfile = {
  instanceKey: 'key',
  identity: 'me@host',
  taskQueue: 'orders',
  deploymentVersion: undefined,
  startedMs: 1000,
  pluginNames: ['audit'],
  driverTypes: ['memory'],
  groupingKey: 'process',
};

const noSlots = { used: 0, total: 10, supplierKind: 'Fixed', processed: 0, failed: 0 };
const quiet: WorkerSnapshot = {
  nowMs: 2500,
  status: 'running',
  host: { name: 'host', processId: '42', cpuShare: 0.5, memoryShare: 0.25 },
  cachedRuns: 3,
  stickyHits: 7,
  stickyMisses: 1,
  slots: { workflow: noSlots, activity: noSlots, localActivity: noSlots, nexus: noSlots },
  pollers: new Map([['workflow_task', { open: 2, lastTaskMs: 2000, isAutoscaling: true }]]),
};

describe('workerHeartbeat', () => {
  it('says who the worker is, where it runs and how it does', () => {
    expect(workerHeartbeat(profile, quiet)).toMatchObject({
      workerInstanceKey: 'key',
      workerIdentity: 'me@host',
      taskQueue: 'orders',
      sdkName: 'reprise',
      status: WorkerStatus.WORKER_STATUS_RUNNING,
      startTime: { seconds: 1, nanos: 0 },
      heartbeatTime: { seconds: 2, nanos: 500_000_000 },
      hostInfo: { hostName: 'host', processId: '42', currentHostCpuUsage: 0.5, workerGroupingKey: 'process' },
      workflowPollerInfo: { currentPollers: 2, lastSuccessfulPollTime: { seconds: 2, nanos: 0 }, isAutoscaling: true },
      totalStickyCacheHit: 7,
      currentStickyCacheSize: 3,
      plugins: [{ name: 'audit' }],
      drivers: [{ type: 'memory' }],
    });
  });

  it('counts what came since the heartbeat before', () => {
    const busy = { ...quiet, nowMs: 4500, slots: { ...quiet.slots, activity: { ...noSlots, used: 4, processed: 9 } } };
    const before = { ...quiet, slots: { ...quiet.slots, activity: { ...noSlots, processed: 5 } } };
    expect(workerHeartbeat(profile, busy, before)).toMatchObject({
      elapsedSinceLastHeartbeat: { seconds: 2, nanos: 0 },
      activityTaskSlotsInfo: {
        currentAvailableSlots: 6,
        currentUsedSlots: 4,
        totalProcessedTasks: 9,
        lastIntervalProcessedTasks: 4,
      },
    });
  });
});

describe('WorkerHeartbeats', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** How many are sent in two intervals when each ends with `error`. */
  async function sentDespite(error: Error): Promise<number> {
    let sent = 0;
    const send = async (): Promise<void> => {
      sent++;
      throw error;
    };
    const beats = new WorkerHeartbeats({ intervalMs: 10, profile, look: () => quiet, send, onError: () => undefined });
    beats.start();
    await vi.advanceTimersByTimeAsync(20);
    beats.stop();
    await vi.advanceTimersByTimeAsync(20);
    return sent;
  }

  it('goes on when one does not arrive', async () => {
    expect(await sentDespite(new Error('no route'))).toBe(3);
  });

  it('asks a server that does not know the call no more', async () => {
    expect(await sentDespite(new RpcError({ code: 12, details: 'unknown method' }))).toBe(1);
  });
});
