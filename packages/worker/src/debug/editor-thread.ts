/** The thread that talks to the editor while the thread of the workflow waits: see blocking-notice.ts. */
import { workerData, type MessagePort } from 'node:worker_threads';
import { postTask } from './editor.ts';

export interface EditorThreadData {
  readonly baseUrl: string;
  readonly port: MessagePort;
  /** 0 while the editor is being told. */
  readonly answered: Int32Array;
}

const { baseUrl, port, answered } = workerData as EditorThreadData;

port.on('message', (startedEventId: number) => {
  postTask(baseUrl, startedEventId)
    .catch((error: unknown) => port.postMessage(error instanceof Error ? error.message : String(error)))
    .finally(() => {
      Atomics.store(answered, 0, 1);
      Atomics.notify(answered, 0);
    });
});
