/** Payloads that are kept outside of the server: large ones are stored by a driver, and a reference takes their place. */
import { ValueError } from '../errors.ts';
import type { Payload } from '../payload-shape.ts';

declare global {
  /** That of the platform, of which this package knows nothing. */
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface AbortSignal {}
}

/** Where a driver put a payload: whatever it needs to find it again. Becomes part of the reference. */
export class StorageDriverClaim {
  readonly claimData: Record<string, string>;

  constructor(claimData: Record<string, string>) {
    this.claimData = claimData;
  }
}

/** The workflow that payloads are for. */
export interface StorageDriverWorkflowInfo {
  readonly kind: 'workflow';
  readonly namespace: string;
  /** Its workflow id; absent when only the task token of an activity is known. */
  readonly id?: string;
  readonly runId?: string;
  /** Its type. */
  readonly type?: string;
}

/** The activity without a workflow that payloads are for. */
export interface StorageDriverActivityInfo {
  readonly kind: 'activity';
  readonly namespace: string;
  readonly id?: string;
  readonly runId?: string;
  /** Its type. */
  readonly type?: string;
}

/** Whom payloads are for. */
export type StorageDriverTargetInfo = StorageDriverWorkflowInfo | StorageDriverActivityInfo;

/** What a driver gets to know of the payloads that it is to store. */
export interface StorageDriverStoreContext {
  /** Aborts when what is sent fails for another reason, such as another driver. */
  abortSignal?: AbortSignal;
  target?: StorageDriverTargetInfo;
}

/** What the choice of a driver may depend on. */
export interface StorageDriverSelectContext {
  abortSignal?: AbortSignal;
  target?: StorageDriverTargetInfo;
}

/** What a driver gets to know when it is asked for payloads. */
export interface StorageDriverRetrieveContext {
  abortSignal?: AbortSignal;
}

/** Stores payloads somewhere, and finds them again. Both sides must have it, under the same name. */
export interface StorageDriver {
  /** Names this driver in references; unique among those of an ExternalStorage. */
  readonly name: string;
  /** Names the kind of driver in all languages, such as `aws.s3driver`; workers report it to the server. */
  readonly type: string;
  /** One claim for each payload, in their order. */
  store(context: StorageDriverStoreContext, payloads: Payload[]): Promise<StorageDriverClaim[]>;
  /** One payload for each claim, in their order. */
  retrieve(context: StorageDriverRetrieveContext, claims: StorageDriverClaim[]): Promise<Payload[]>;
}

/** Chooses the driver for a payload; null leaves the payload where it is. */
export type StorageDriverSelector = (context: StorageDriverSelectContext, payload: Payload) => StorageDriver | null;

const DEFAULT_THRESHOLD_BYTES = 256 * 1024;

/**
 * Which payloads are kept outside of the server, and where. The option `dataConverter.externalStorage` of clients and
 * workers; payloads come to it encoded by the codecs.
 *
 * @example
 * const externalStorage = new ExternalStorage({ drivers: [bucket], payloadSizeThreshold: 100_000 });
 * new Client({ connection, dataConverter: { externalStorage } });
 */
export class ExternalStorage {
  readonly drivers: StorageDriver[];
  readonly driverSelector: StorageDriverSelector;
  /** Payloads of this many bytes or more are stored. */
  readonly payloadSizeThreshold: number;
  readonly #byName: ReadonlyMap<string, StorageDriver>;

  /**
   * @param options.driverSelector required with several drivers; by default the only one takes every payload
   * @param options.payloadSizeThreshold in bytes, 256 KiB by default; 0 for all payloads
   * @throws ValueError for drivers without names, or of the same name, and for a threshold that is no size
   */
  constructor(options: {
    drivers: StorageDriver[];
    driverSelector?: StorageDriverSelector;
    payloadSizeThreshold?: number;
  }) {
    const { drivers, driverSelector, payloadSizeThreshold = DEFAULT_THRESHOLD_BYTES } = options;
    const [first] = Array.isArray(drivers) ? drivers : [];
    if (first === undefined) throw new ValueError('ExternalStorage requires at least one driver');
    if (!Number.isFinite(payloadSizeThreshold) || payloadSizeThreshold < 0) {
      throw new ValueError(
        `ExternalStorage.payloadSizeThreshold must be a non-negative finite number, got ${String(payloadSizeThreshold)}`,
      );
    }
    this.#byName = driversByName(drivers);
    if (driverSelector === undefined && drivers.length > 1)
      throw new ValueError('ExternalStorage.driverSelector is required when more than one driver is registered');
    this.drivers = [...drivers];
    this.driverSelector = driverSelector ?? (() => first);
    this.payloadSizeThreshold = payloadSizeThreshold;
  }

  /** The driver of a name, or null. */
  getDriver(name: string): StorageDriver | null {
    return this.#byName.get(name) ?? null;
  }
}

function driversByName(drivers: readonly StorageDriver[]): Map<string, StorageDriver> {
  const byName = new Map<string, StorageDriver>();
  for (const driver of drivers) {
    const name: unknown = driver?.name;
    if (typeof name !== 'string' || name === '')
      throw new ValueError("Storage driver 'name' must be a non-empty string");
    if (byName.has(name)) throw new ValueError(`Duplicate storage driver name: '${name}'`);
    byName.set(name, driver);
  }
  return byName;
}
