import { fileURLToPath } from 'node:url';
import coverage, { type CoverageMapData } from 'istanbul-lib-coverage';
import type { BundleOptions, InjectedSinks, WorkerOptions } from '@reprise/worker';
import type { CoverageSinks } from './coverage-sinks.ts';
import { globalCoverage, setGlobalCoverage } from './global-coverage.ts';
import { instrument } from './instrument.ts';

/**
 * Counts which statements, branches and functions of workflow code run, and adds the counts to those of nyc or Jest. Where
 * neither counts, nothing is changed.
 *
 * @example
 * ```ts
 * const coverage = new WorkflowCoverage();
 * const worker = await Worker.create(coverage.augmentWorkerOptions({ taskQueue, workflowsPath, activities }));
 * after(() => coverage.mergeIntoGlobalCoverage());
 * ```
 */
export class WorkflowCoverage {
  /** What has come out of workflows and was not merged yet. */
  readonly coverageMapsData: CoverageMapData[] = [];

  /**
   * The options of a worker that bundles its workflows itself.
   *
   * @throws TypeError for options without `workflowsPath`.
   */
  augmentWorkerOptions(options: WorkerOptions & { workflowsPath: string }): WorkerOptions {
    checkPath(options.workflowsPath);
    if (globalCoverage() === undefined) return options;
    const { interceptors, sinks, bundlerOptions } = options;
    return {
      ...options,
      interceptors: {
        ...interceptors,
        workflowModules: [...(interceptors?.workflowModules ?? []), this.interceptorModule],
      },
      sinks: { ...sinks, ...this.sinks },
      bundlerOptions: { ...bundlerOptions, instrument: (text, file) => this.#instrument(text, file) },
    };
  }

  /**
   * The options of a bundle that is made ahead of time; its worker needs `augmentWorkerOptionsWithBundle`.
   *
   * @throws TypeError for options without `workflowsPath`.
   */
  augmentBundleOptions(options: BundleOptions): BundleOptions {
    checkPath(options.workflowsPath);
    if (globalCoverage() === undefined) return options;
    return {
      ...options,
      workflowInterceptorModules: [...(options.workflowInterceptorModules ?? []), this.interceptorModule],
      instrument: (text, file) => this.#instrument(text, file),
    };
  }

  /**
   * The options of a worker with such a bundle.
   *
   * @throws TypeError for options without `workflowBundle`.
   */
  augmentWorkerOptionsWithBundle(
    options: WorkerOptions & { workflowBundle: NonNullable<WorkerOptions['workflowBundle']> },
  ): WorkerOptions {
    const { workflowBundle }: { workflowBundle?: unknown } = options;
    if (workflowBundle === undefined) {
      throw new TypeError(
        'Cannot call `augmentWorkerOptionsWithBundle()` unless you specify a `workflowBundle`. Perhaps you meant to use `augmentWorkerOptions()` instead?',
      );
    }
    return globalCoverage() === undefined ? options : { ...options, sinks: { ...options.sinks, ...this.sinks } };
  }

  /** The module that hands the counts out of the sandbox. */
  get interceptorModule(): string {
    return fileURLToPath(new URL('./interceptors.js', import.meta.url));
  }

  /** The sink that takes them. */
  get sinks(): InjectedSinks<CoverageSinks> {
    return {
      coverage: {
        merge: { fn: (_workflow, counts) => void this.coverageMapsData.push(counts), callDuringReplay: false },
      },
    };
  }

  /**
   * Adds what was counted so far to what nyc or Jest has. Where they have counted a file in the form that a compiler gave it,
   * whose places are not those of the file, what was counted in workflows takes the place of theirs.
   */
  mergeIntoGlobalCoverage(): void {
    const counted = globalCoverage();
    if (counted === undefined) return;
    const ofWorkflows = coverage.createCoverageMap();
    for (const data of this.coverageMapsData.splice(0)) ofWorkflows.merge(data);
    const replaced = new Set(ofWorkflows.files().filter((file) => isCompiled(counted[file])));
    const all = coverage.createCoverageMap(
      Object.fromEntries(Object.entries(counted).filter(([file]) => !replaced.has(file))),
    );
    all.merge(ofWorkflows);
    setGlobalCoverage(all.toJSON());
  }

  #instrument(text: string, file: string): string {
    return file === this.interceptorModule || file.endsWith('.json') ? text : instrument(text, file);
  }
}

function isCompiled(file: CoverageMapData[string] | undefined): boolean {
  return file !== undefined && ('data' in file ? 'inputSourceMap' in file.data : 'inputSourceMap' in file);
}

function checkPath(workflowsPath: unknown): void {
  if (typeof workflowsPath === 'string' && workflowsPath !== '') return;
  throw new TypeError('Cannot automatically instrument coverage without specifying `workflowsPath`');
}
