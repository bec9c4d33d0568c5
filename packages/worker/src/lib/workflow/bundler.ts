export { bundleWorkflowCode, type BundleOptions, type BundlerPlugin } from '../../bundle/bundle-workflow-code.ts';
export {
  allowedBuiltinModules,
  disallowedBuiltinModules,
  disallowedModules,
  moduleMatches,
} from '../../bundle/forbidden-modules.ts';
export type { WorkflowBundle } from '../../bundle/workflow-bundle.ts';
export { WorkflowCodeBundler } from '../../bundle/workflow-code-bundler.ts';
