/** A server that can be ended at any moment as a crash of its machine would end it, and started again on what is left. */
import { isDeepStrictEqual } from 'node:util';
import { RpcError, WorkflowService } from '@reprise/proto';
import { type Assembly, assemble } from '../assemble.ts';
import { inProcessTransport } from '../rpc/in-process-transport.ts';
import { withoutDefaults } from '../check/without-defaults.ts';
import { foldRun } from '../runs/run-codec.ts';
import { FailingStore, type FailingStoreOptions } from './failing-store.suite.ts';

type Methods = (typeof WorkflowService)['methods'];
type RequestOf<Name extends keyof Methods> = Parameters<Methods[Name]['encodeRequest']>[0];
type ResponseOf<Name extends keyof Methods> = ReturnType<Methods[Name]['decodeResponse']>;

const unavailable = 14;

export class CrashingServer {
  readonly #firstFile: string;
  #crashes = 0;
  #store: FailingStore;
  #assembly: Assembly;
  #hasCrashed = { value: false };

  readonly #options: FailingStoreOptions;
  /** Runs whose stored transitions led to another state than the one that the server worked with. */
  readonly strayed: { readonly stored: unknown; readonly live: unknown }[] = [];

  constructor(file: string, isFull: () => boolean) {
    this.#firstFile = file;
    this.#options = { isFull, onCommitted: (runKeys) => this.#compare(runKeys) };
    this.#store = new FailingStore(file, this.#options);
    this.#assembly = this.#start();
  }

  /** The file that it works with now. */
  get file(): string {
    return this.#crashes === 0 ? this.#firstFile : `${this.#firstFile}.${this.#crashes}`;
  }

  /** What was not durable is lost but for this part, and nobody is told anything any more. */
  crash(part: number): void {
    this.#hasCrashed.value = true;
    this.#crashes++;
    this.#store.crash(this.file, part);
    void this.#assembly.drain(0);
    this.#hasCrashed = { value: false };
    this.#store = new FailingStore(this.file, this.#options);
    this.#assembly = this.#start();
  }

  async stop(): Promise<void> {
    await this.#assembly.drain(1000);
    this.#assembly.close();
  }

  /** @throws RpcError also when the server has crashed before the answer left it */
  async call<Name extends keyof Methods>(
    name: Name,
    request: RequestOf<Name>,
    timeoutMs = 3000,
  ): Promise<ResponseOf<Name>> {
    const hasCrashed = this.#hasCrashed;
    const transport = inProcessTransport(this.#assembly.frontend, () => hasCrashed.value);
    const method = WorkflowService.methods[name] as never;
    try {
      return (await transport.unary(method, request, { deadlineMs: Date.now() + timeoutMs })) as ResponseOf<Name>;
    } finally {
      // oxlint-disable-next-line no-unsafe-finally -- whatever it would have said
      if (hasCrashed.value) throw new RpcError({ code: unavailable, details: 'connection lost' });
    }
  }

  /** As clients do: again until there is an answer, or an error that trying again does not mend. */
  async insist<Name extends keyof Methods>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>> {
    for (;;) {
      try {
        return await this.call(name, request);
      } catch (error) {
        if (!(error instanceof RpcError) || error.code !== unavailable) throw error;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  }

  #compare(runKeys: readonly number[]): void {
    for (const key of new Set(runKeys)) {
      const run = this.#store.load(key);
      if (!run) continue;
      const stored = withoutDefaults(foldRun(run.row, run.transitions));
      const live = withoutDefaults({ ...this.#assembly.engine.read(run.row), run: run.row });
      if (!isDeepStrictEqual(stored, live)) this.strayed.push({ stored, live });
    }
  }

  #start(): Assembly {
    return assemble({ logLevel: 'none' }, this.#store);
  }
}
