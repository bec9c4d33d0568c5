/** What may import what. The picture of it is in ARCHITECTURE.md. */
export interface PackageRule {
  imports: readonly string[];
  importsTypesOf?: readonly string[];
}

export interface FolderRule {
  folder: string;
  /** Places in the same package, from its `src`. */
  imports: readonly string[];
  importsTypesOf?: readonly string[];
}

export const packageRules: Record<string, PackageRule> = {
  proto: { imports: [] },
  // Only `lib/proto-utils` loads the codec; nothing that the index exports does.
  common: { imports: ['proto'] },
  workflow: { imports: ['common'], importsTypesOf: ['proto'] },
  activity: { imports: ['common'], importsTypesOf: ['proto', 'client'] },
  client: { imports: ['proto', 'common'] },
  worker: { imports: ['proto', 'common', 'workflow', 'activity', 'client', 'nexus'] },
  'server-lite': { imports: ['proto', 'common'] },
  envconfig: { imports: ['common', 'client'] },
  plugin: { imports: ['common', 'client'], importsTypesOf: ['worker'] },
  nexus: { imports: ['proto', 'common', 'client'] },
  'interceptors-opentelemetry': {
    imports: ['common', 'client', 'workflow', 'plugin'],
    importsTypesOf: ['worker', 'activity'],
  },
  'interceptors-opentelemetry-v2': { imports: ['interceptors-opentelemetry'] },
  'nyc-test-coverage': { imports: ['workflow'], importsTypesOf: ['worker'] },
  testing: { imports: ['proto', 'common', 'workflow', 'activity', 'client', 'worker', 'server-lite'] },
  cli: { imports: ['proto', 'common', 'workflow', 'activity', 'client', 'worker', 'server-lite', 'testing'] },
};

const client = 'packages/client/src';
const worker = 'packages/worker/src';
const server = 'packages/server-lite/src';

export const folderRules: readonly FolderRule[] = [
  { folder: `${client}/http2`, imports: [] },
  { folder: `${client}/grpc/dial`, imports: [] },
  { folder: `${client}/grpc/channel`, imports: ['call/', 'grpc/dial/', 'http2/'] },
  { folder: `${worker}/machine`, imports: [], importsTypesOf: ['decode', 'isolate'] },
  { folder: `${worker}/decode`, imports: ['machine/'], importsTypesOf: ['host/', 'poll/', 'worker-rpc.ts'] },
  { folder: `${worker}/respond`, imports: ['machine/'], importsTypesOf: ['decode/', 'host/', 'poll/'] },
  { folder: `${worker}/bundle`, imports: [] },
  { folder: `${server}/execution`, imports: ['errors.ts'] },
  {
    folder: `${server}/runs`,
    imports: ['errors.ts', 'execution'],
    importsTypesOf: ['store', 'system/logger.ts', 'time', 'turn'],
  },
  {
    folder: `${server}/turn`,
    imports: ['errors.ts', 'execution', 'runs/run-codec.ts', 'store/store.ts'],
    importsTypesOf: ['runs', 'system/logger.ts', 'visibility'],
  },
  {
    folder: `${server}/perform`,
    imports: ['errors.ts', 'execution'],
    importsTypesOf: ['engine.ts', 'matching', 'system'],
  },
  { folder: `${server}/store`, imports: ['errors.ts', 'slabs.ts'], importsTypesOf: ['execution', 'visibility'] },
  { folder: `${server}/time`, imports: ['keyed-heap.ts', 'errors.ts'], importsTypesOf: ['execution'] },
];

/** Powers over the outside world, each with the only places that may hold it. */
export const soleOwners: readonly { specifier: RegExp; owners: readonly string[] }[] = [
  { specifier: /^isolated-vm$/, owners: [`${worker}/isolate/`] },
  { specifier: /^node:sqlite$/, owners: [`${server}/store/`, `${server}/visibility/`] },
  { specifier: /^@temporalio\/proto|^protobufjs|^long$/, owners: ['packages/proto/'] },
  { specifier: /^@swc\/core$|^oxc-resolver$/, owners: [`${worker}/bundle/`] },
  {
    specifier: /^node:/,
    owners: [
      'packages/proto/',
      'packages/client/',
      'packages/activity/',
      'packages/nexus/',
      'packages/interceptors-opentelemetry/',
      'packages/nyc-test-coverage/',
      'packages/envconfig/',
      'packages/worker/',
      'packages/server-lite/',
      'packages/testing/',
      'packages/cli/',
    ],
  },
];
