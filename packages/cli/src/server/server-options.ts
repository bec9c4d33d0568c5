/** The options of `reprise server start-dev`: their names are those of flags, of the configuration file, and of the environment. */
import type { OptionSpec } from '../command-line/command.ts';

export const logLevels = ['debug', 'info', 'warn', 'error', 'never'] as const;
export const logFormats = ['text', 'json', 'pretty'] as const;
const attributeTypes = 'Text, Keyword, Int, Double, Bool, Datetime, KeywordList';

export const serverOptionSpecs: readonly OptionSpec[] = [
  { name: 'ip', type: 'string', value: 'ADDRESS', description: 'listen here; default: 127.0.0.1' },
  { name: 'port', short: 'p', type: 'string', value: 'PORT', description: 'gRPC port; default: 7233; 0: any free one' },
  {
    name: 'db-filename',
    short: 'f',
    type: 'string',
    value: 'FILE',
    description: 'keep everything in this SQLite file',
  },
  {
    name: 'namespace',
    short: 'n',
    type: 'string',
    multiple: true,
    value: 'NAME',
    description: "create this namespace beside 'default'",
  },
  {
    name: 'search-attribute',
    type: 'string',
    multiple: true,
    value: 'NAME=TYPE',
    description: `create this search attribute: ${attributeTypes}`,
  },
  {
    name: 'dynamic-config-value',
    type: 'string',
    multiple: true,
    value: 'KEY=JSON',
    description: 'set a limit or switch, such as limit.maxIDLength=255 or frontend.namespaceRPS=100',
  },
  {
    name: 'log-level',
    type: 'string',
    choices: logLevels,
    value: 'LEVEL',
    description: `${logLevels.join(', ')}; default: warn`,
  },
  {
    name: 'log-format',
    type: 'string',
    choices: ['text', 'json'],
    value: 'FORMAT',
    description: 'text or json; default: text on a terminal, else json',
  },
  { name: 'time-skipping', type: 'boolean', description: 'virtual time: the clock jumps when nothing is under way' },
  { name: 'metrics-port', type: 'string', value: 'PORT', description: 'serve Prometheus metrics on this port' },
  { name: 'tls-cert', type: 'string', value: 'FILE', description: 'serve TLS with this certificate (PEM)' },
  { name: 'tls-key', type: 'string', value: 'FILE', description: 'its key (PEM)' },
  {
    name: 'tls-client-ca',
    type: 'string',
    value: 'FILE',
    description: 'let in only clients with a certificate that this authority has signed (PEM)',
  },
  {
    name: 'api-key',
    type: 'string',
    multiple: true,
    value: 'KEY',
    description: 'let in only calls that carry one of these keys; better given by environment or file than by flag',
  },
  {
    name: 'allow-remote',
    type: 'boolean',
    description: 'listen on an address that others can reach, though nothing keeps them out',
  },
  {
    name: 'commit-delay',
    type: 'string',
    value: 'MS',
    description: 'let each commit take so much longer, to see how the server would do on a slower disk; default: 0',
  },
  { name: 'headless', type: 'boolean', description: 'without a web UI, which does not exist yet in any case' },
  { name: 'http-port', type: 'string', value: 'PORT', description: 'has no effect yet' },
  { name: 'ui-port', type: 'string', value: 'PORT', description: 'has no effect yet' },
];
