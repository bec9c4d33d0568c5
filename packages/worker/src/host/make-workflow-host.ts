/** The place where the workflows of a worker run: host processes, or this process in debug mode. */
import type { WorkflowBundle } from '../bundle/workflow-bundle.ts';
import type { Logger } from '@reprise/common';
import { SDK_NAME, SDK_VERSION } from '../sdk-version.ts';
import type { CompiledWorkerOptions } from '../options/compile-worker-options.ts';
import type { PatchActivationCallback } from '../options/worker-options.ts';
import type { PatchQuestion } from './blocking-question.ts';
import { HostPool } from './host-pool.ts';
import { InProcessHost } from './in-process-host.ts';
import { isDebugged } from './is-debugged.ts';
import type { IsolateSettings } from './isolate-settings.ts';
import { makeIsolate } from './make-isolate.ts';
import { takeChangesOfSources } from './changed-sources.ts';
import type { RunBuild } from '../machine/run-state.ts';
import type { RunSettings } from './task-runner.ts';
import { patchActivationBy } from '../patch-activation.ts';
import type { WorkflowHost } from './workflow-host.ts';

const ACTIVATION_TIMEOUT_MS = 5000;
/** What isolated-vm's own deadline does not end, the watchdog ends this much later. */
const WATCHDOG_SLACK_MS = 2000;
const MEMORY_LIMIT_MB = 1024;
/** Share of the memory limit at which an isolate is replaced. */
const RECYCLE_AT = 0.65;
/** Over the limit of the isolate: what the process needs for itself, and what is freed late. */
const RESIDENT_SLACK_MB = 512;

export async function makeWorkflowHost(
  bundle: WorkflowBundle,
  input: {
    options: CompiledWorkerOptions;
    logger: Logger;
    /** The activity types that are there; undefined when any may be. */
    activityNames: readonly string[] | undefined;
    patchActivation: PatchActivationCallback | undefined;
    /** Bundles the workflows once more, as they are then. */
    rebundle(): Promise<WorkflowBundle | undefined>;
  },
): Promise<WorkflowHost> {
  const { options, logger } = input;
  const isolate: IsolateSettings = {
    // Code that loops must not stop this process for good.
    activationTimeoutMs: options.isDebugMode && isDebugged() ? null : ACTIVATION_TIMEOUT_MS,
    isGuarded: options.isDebugMode,
    memoryLimitMb: MEMORY_LIMIT_MB,
    sharesContexts: options.sharesContexts,
  };
  const { patchActivation } = input;
  const ask = patchActivation && patchActivationBy(patchActivation);
  const runSettings: RunSettings = {
    sdkVersion: SDK_VERSION,
    failureErrorTypes: options.workflowFailureErrorTypes,
    build: buildOf(options),
    showsSources: options.showsSources,
    ...(input.activityNames === undefined ? {} : { registeredActivityNames: input.activityNames }),
  };
  const sdk = { sdkName: SDK_NAME, sdkVersion: SDK_VERSION, runSettings };
  if (options.isDebugMode) {
    const createIsolate = () => makeIsolate(bundle, isolate, ask);
    return new InProcessHost({ createIsolate, maxCachedRuns: options.maxCachedWorkflows, ...sdk });
  }
  const settings = {
    ...sdk,
    bundleCode: bundle.code,
    isolate,
    asksPatchActivation: ask !== undefined,
    maxCachedRuns: options.maxCachedWorkflows,
    maxHeapBytes: MEMORY_LIMIT_MB * 2 ** 20 * RECYCLE_AT,
    maxCallMs: ACTIVATION_TIMEOUT_MS + WATCHDOG_SLACK_MS,
    maxResidentBytes: (MEMORY_LIMIT_MB + RESIDENT_SLACK_MB) * 2 ** 20,
  };
  const onPatchQuestion = ask && (({ patchId, info }: PatchQuestion) => ask(patchId, info));
  const pool = new HostPool(settings, { size: options.workflowHosts, logger, onPatchQuestion });
  await pool.ready();
  takeChangesOfSources({ bundle, rebundle: () => input.rebundle(), reload: (code) => pool.reload(code), logger });
  return pool;
}

/** What workflow code gets to know of the version that it runs on for the first time. */
function buildOf({ deploymentOptions, buildId }: CompiledWorkerOptions): RunBuild {
  const own = deploymentOptions?.buildId || buildId;
  return { buildId: own, deployment: { deploymentName: deploymentOptions?.deploymentName ?? '', buildId: own } };
}
