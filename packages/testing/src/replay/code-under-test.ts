import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { bundleWorkflowCodeSync, type Isolate, makeIsolate, WorkflowBundle } from '@reprise/worker/replay';

import { type SourceLookup, sourceLookup } from '../diagnose/source-lookup.ts';
import type { ReplayOptions } from './replay-options.ts';

/** Workflow code, bundled and ready to run. */
export interface CodeUnderTest {
  readonly source: SourceLookup;
  readonly bundle: WorkflowBundle;
  /** @param activationTimeoutMs how long code may run without waiting */
  openIsolate(activationTimeoutMs: number): Isolate;
}

/**
 * Bundles the code that the options name. Imports of `@temporalio/*` mean ours, so that code written for it replays as it is.
 *
 * @throws WorkflowBundleError with the import chain of what cannot be bundled
 */
export function loadCode(options: ReplayOptions): CodeUnderTest {
  const cwd = options.cwd ?? process.cwd();
  const bundle = loadBundle(options, cwd);
  return codeOf(bundle, { files: bundle.modules.map(({ file }) => file), cwd });
}

/** @param made.files what the bundle was made of */
export function codeOf(bundle: WorkflowBundle, made: { files: readonly string[]; cwd: string }): CodeUnderTest {
  return {
    bundle,
    source: sourceLookup(bundle.mapper, made),
    openIsolate: (activationTimeoutMs) => makeIsolate(bundle, { ...LIMITS, activationTimeoutMs }, undefined),
  };
}

/** As much as a worker allows by default. */
const LIMITS = { isGuarded: true, memoryLimitMb: 512, sharesContexts: true };

function loadBundle(options: ReplayOptions, cwd: string): WorkflowBundle {
  const { workflowBundle, workflowsPath } = options;
  if (workflowBundle !== undefined) {
    if ('code' in workflowBundle) return WorkflowBundle.parse(workflowBundle.code);
    return WorkflowBundle.parse(readFileSync(resolve(cwd, workflowBundle.codePath), 'utf8'), workflowBundle.codePath);
  }
  if (workflowsPath === undefined) {
    throw new TypeError('Replay needs the workflow code: give `workflowsPath` or `workflowBundle`.');
  }
  const { workflowInterceptorModules, payloadConverterPath, failureConverterPath, ignoreModules } = options;
  return bundleWorkflowCodeSync({
    workflowsPath: resolve(cwd, workflowsPath),
    mapTemporalScope: true,
    ...(workflowInterceptorModules === undefined ? {} : { workflowInterceptorModules }),
    ...(payloadConverterPath === undefined ? {} : { payloadConverterPath }),
    ...(failureConverterPath === undefined ? {} : { failureConverterPath }),
    ...(ignoreModules === undefined ? {} : { ignoreModules }),
  });
}
