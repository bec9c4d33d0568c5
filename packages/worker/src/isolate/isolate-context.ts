/**
 * One context of an isolate, prepared and linked to a bundle, and the functions in it that the host calls. Owns the
 * references: each must be released, or it keeps its context alive for as long as the isolate.
 */
import type ivm from 'isolated-vm';
import { BUNDLE_FILENAME, RUNTIME_FILENAME } from '../bundle/contract.ts';
import type { WorkflowBundle } from '../bundle/workflow-bundle.ts';
import { parseUrl } from './host-url.ts';
import { isolatedVm } from './isolated-vm.ts';
import { runtimeScript } from './runtime-script.ts';

export interface ContextOptions {
  bundle: WorkflowBundle;
  locale: string;
  timeZone: string;
  isShared: boolean;
  patchActivation: ((patchId: string, info: string) => boolean) | undefined;
}

/** The scripts of an isolate, compiled once for all its contexts. */
export interface IsolateScripts {
  readonly runtime: ivm.Script;
  readonly bundle: ivm.Script;
}

type Call = ivm.Reference<(...args: unknown[]) => unknown>;
const NAMES = ['activate', 'drain', 'unhandledRejection', 'placesJson', 'sinkCallsJson', 'release'] as const;
type CallName = (typeof NAMES)[number];

const codeCaches = new Map<string, ivm.ExternalCopy<ArrayBuffer>>();

/** Compiles a script with what V8 kept of an earlier compilation in this process. */
function compile(isolate: ivm.Isolate, code: string, options: { filename: string; key: string }): ivm.Script {
  const cachedData = codeCaches.get(options.key);
  const script: ivm.Script & { cachedData?: ivm.ExternalCopy<ArrayBuffer> } = isolate.compileScriptSync(code, {
    filename: options.filename,
    ...(cachedData === undefined ? { produceCachedData: true } : { cachedData }),
  });
  if (cachedData === undefined && script.cachedData !== undefined) codeCaches.set(options.key, script.cachedData);
  return script;
}

export function compileScripts(isolate: ivm.Isolate, bundle: WorkflowBundle): IsolateScripts {
  return {
    runtime: compile(isolate, runtimeScript().code, { filename: RUNTIME_FILENAME, key: 'runtime' }),
    bundle: compile(isolate, bundle.script, { filename: BUNDLE_FILENAME, key: bundle.buildId }),
  };
}

export class IsolateContext {
  readonly #context: ivm.Context;
  readonly #calls: Readonly<Record<CallName, Call>>;

  constructor(isolate: ivm.Isolate, scripts: IsolateScripts, options: ContextOptions) {
    this.#context = isolate.createContextSync();
    const exports = scripts.runtime.runSync(this.#context, { reference: true }) as ivm.Reference<
      Record<string, unknown>
    >;
    const linked = scripts.bundle.runSync(this.#context, { reference: true }) as ivm.Reference<unknown>;
    const call = (name: string): Call => exports.getSync(name, { reference: true }) as Call;
    const prepare = call('prepare');
    const link = call('link');
    try {
      const { locale, timeZone, isShared, bundle } = options;
      prepare.applySync(undefined, [JSON.stringify({ locale, timeZone, isShared }), hostFunctions(options)], {
        arguments: { copy: true },
      });
      link.applySync(undefined, [linked.derefInto(), JSON.stringify(bundle.entries)]);
      this.#calls = Object.fromEntries(NAMES.map((name) => [name, call(name)])) as Record<CallName, Call>;
    } finally {
      for (const reference of [exports, linked, prepare, link]) reference.release();
    }
  }

  call(name: CallName, args: (string | undefined)[], timeoutMs: number | undefined): unknown {
    return this.#calls[name].applySync(undefined, args, timeoutMs === undefined ? {} : { timeout: timeoutMs });
  }

  dispose(): void {
    for (const reference of Object.values(this.#calls)) reference.release();
    this.#context.release();
  }
}

function hostFunctions({ patchActivation }: ContextOptions): object {
  const { Callback } = isolatedVm();
  return {
    parseUrl: new Callback(parseUrl),
    nowMs: new Callback(() => Date.now()),
    ...(patchActivation === undefined ? {} : { patchActivation: new Callback(patchActivation) }),
  };
}
