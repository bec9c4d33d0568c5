import { checkOption, checkSpelling } from '@reprise/common';
import type {
  ExistingServerTestWorkflowEnvironmentOptions,
  LocalTestWorkflowEnvironmentOptions,
} from './environment-options.ts';

type Known<Options> = { readonly [Name in keyof Required<Options>]: true };

const known: Known<LocalTestWorkflowEnvironmentOptions> = { server: true, client: true, plugins: true };

const knownOfServer: Known<LocalTestWorkflowEnvironmentOptions['server'] & object> = {
  executable: true,
  dbFilename: true,
  namespace: true,
  ip: true,
  port: true,
  ui: true,
  uiPort: true,
  log: true,
  extraArgs: true,
  searchAttributes: true,
  namespaces: true,
  dynamicConfig: true,
  clock: true,
  seed: true,
  writeLog: true,
};

const knownOfExisting: Known<ExistingServerTestWorkflowEnvironmentOptions> = {
  address: true,
  namespace: true,
  connectionOptions: true,
  client: true,
  plugins: true,
  supportsTimeSkipping: true,
};

/** @throws TypeError for an option of an environment with a server of its own that is misspelt */
export function checkEnvironmentOptions(options: LocalTestWorkflowEnvironmentOptions): void {
  checkOption('TestWorkflowEnvironmentOptions', options, 'object');
  checkSpelling('TestWorkflowEnvironmentOptions', options, known);
  checkSpelling('TestWorkflowEnvironmentOptions.server', options.server ?? {}, knownOfServer);
}

/** @throws TypeError for an option of an environment over a server of others that is misspelt */
export function checkExistingOptions(options: ExistingServerTestWorkflowEnvironmentOptions): void {
  checkOption('TestWorkflowEnvironmentOptions', options, 'object');
  checkSpelling('TestWorkflowEnvironmentOptions', options, knownOfExisting);
}
