import type { SourceLookup } from '../diagnose/source-lookup.ts';
import { activationTimeoutOf } from '../replay/activation-timeout.ts';
import { loadCode } from '../replay/code-under-test.ts';
import type { PayloadModules } from '../replay/load-payload-modules.ts';
import type { ReplayOptions } from '../replay/replay-options.ts';
import { HostedReplayer, restedHost } from './hosted-replayer.ts';
import type { HostSettings } from './host-messages.ts';

export interface HostedCode {
  readonly source: SourceLookup;
  readonly replayer: HostedReplayer;
  /** Another process for the same code, for who has much to judge. */
  another(): HostedReplayer;
}

/**
 * Bundles the code that the options name, while the process starts that it is replayed in.
 *
 * @param payloadModules modules that say how payloads are read, which is then done in the process of the host;
 *   `payloadCodecs` and `externalStorage` of the options are not used here, since functions stay in the process that has them
 * @throws WorkflowBundleError with the import chain of what cannot be bundled
 */
export function openHostedReplayer(options: ReplayOptions, payloadModules: PayloadModules = {}): HostedCode {
  const host = restedHost();
  try {
    const { bundle, source } = loadCode(options);
    const settings: Omit<HostSettings, 'losses'> = {
      bundleCode: bundle.code,
      files: bundle.modules.map(({ file }) => file),
      cwd: options.cwd ?? process.cwd(),
      namespace: options.namespace ?? 'default',
      strict: options.strict === true,
      activationTimeoutMs: activationTimeoutOf(options),
      payloadModules,
    };
    return {
      source,
      replayer: new HostedReplayer(settings, host),
      another: () => new HostedReplayer(settings),
    };
  } catch (error) {
    host.close();
    throw error;
  }
}
