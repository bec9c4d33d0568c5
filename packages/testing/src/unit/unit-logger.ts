import { SdkComponent } from '@reprise/common';
import { DefaultLogger, LogTimestamp, Runtime } from '@reprise/worker';

/**
 * The runtime's logger for a workflow that runs alone: what its code writes comes through, and what goes wrong. That a
 * worker starts and stops for it is nobody's concern.
 */
export const unitLogger = (): DefaultLogger =>
  new DefaultLogger('TRACE', ({ level, message, meta, timestampNanos }) => {
    const isOfWorker = meta?.['sdkComponent'] === SdkComponent.worker;
    if (isOfWorker && level !== 'WARN' && level !== 'ERROR') return;
    Runtime.instance().logger.log(level, message, { ...meta, [LogTimestamp]: timestampNanos });
  });
