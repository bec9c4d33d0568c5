import { type BundleOptions, bundleWorkflowCode } from './bundle-workflow-code.ts';

/**
 * Bundles workflow code, as `bundleWorkflowCode` does: for code that was written for the class of the published SDK.
 *
 * @example const { code } = await new WorkflowCodeBundler({ workflowsPath }).createBundle();
 */
export class WorkflowCodeBundler {
  readonly #options: BundleOptions;

  constructor(options: BundleOptions) {
    this.#options = options;
  }

  /** Throws as `bundleWorkflowCode` does. */
  async createBundle(): Promise<{ code: string; sourceMap: string }> {
    return await bundleWorkflowCode(this.#options);
  }
}
