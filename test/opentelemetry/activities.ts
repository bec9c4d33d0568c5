import { context, propagation } from '@opentelemetry/api';

export async function baggageTenant(): Promise<string | undefined> {
  return propagation.getBaggage(context.active())?.getEntry('tenant')?.value;
}

export async function localNoop(): Promise<void> {}
