import type { ExplainPage } from './page.ts';

const SAFE =
  'Replay does not compare this, so running executions are safe. It is a change of behaviour all the same; --strict makes it an error.';

/** R2xxx: changes that replay lets pass. R3xxx: histories that cannot be judged. */
export const OTHER_PAGES: readonly ExplainPage[] = [
  {
    code: 'R2001',
    title: 'Arguments changed',
    meaning: `A step is asked for with other arguments than were recorded, or a memo or search attribute gets another value. ${SAFE}`,
    causes: ['the call was edited', 'the value is computed in another way'],
    remedies: ['check that the receiver takes the old and the new form'],
  },
  {
    code: 'R2002',
    title: 'A timer has another length',
    meaning: `${SAFE} Timers that run keep the length that was recorded.`,
    causes: ['the duration was edited'],
    remedies: ['nothing, if it is meant'],
  },
  {
    code: 'R2003',
    title: 'The workflow returns something else',
    meaning: `The result differs from the recorded one. ${SAFE}`,
    causes: ['the result has another form', 'a computation changed'],
    remedies: ['check that callers take both forms'],
  },
  {
    code: 'R2004',
    title: 'Options of a step changed',
    meaning: `Time limits, retries, the task queue, the endpoint, the summary or the type of the next run differ from what was recorded. ${SAFE}`,
    causes: ['the options were edited'],
    remedies: ['nothing, if it is meant'],
  },
  {
    code: 'R3001',
    title: 'There is nothing to replay',
    meaning:
      'No file matches, or no history is of the type and scope asked for. A replay of nothing is never a success.',
    causes: [
      'a wrong path or glob',
      'a filter that leaves nothing',
      'a workflow type that no history has',
      'histories that were never recorded',
    ],
    remedies: [
      'check the paths',
      'record histories: reprise history show --address HOST:PORT ID --json > histories/ID.json',
    ],
  },
  {
    code: 'R3002',
    title: 'A history cannot be read',
    meaning:
      'The file is not a history in any known form: JSON of the UI, the CLI or an SDK, or protobuf; plain, .gz or in a .zip; alone, or several in a list or one a line. `file.json[2]` is the third of a list, `file.jsonl:3` the third line.',
    causes: [
      'a file of another kind',
      'an export with decoded payloads',
      'payloads that a codec encoded',
      'payloads that are kept outside of the server',
      'a file that was cut off',
    ],
    remedies: [
      'export it again, without decoding payloads',
      'give the codecs of the workers: --payload-codec FILE',
      'give what large payloads are kept in: --external-storage FILE',
      'leave the file out',
    ],
  },
  {
    code: 'R3003',
    title: 'A history has a part missing',
    meaning:
      'Events are missing, out of order, or refer to what is not there: no server writes such a history, so no code can be judged by it.',
    causes: ['one page of several was saved', 'the file was edited'],
    remedies: ['export it again, whole'],
  },
  {
    code: 'R3004',
    title: 'A history is of the SDK of another language',
    meaning:
      'Its workers said that they are of Go, Java, Python or the like. These number steps and order commands in another way, so such a history says nothing of TypeScript code, even where workflows have the same names.',
    causes: ['a namespace that workers of several languages share', 'a folder with histories of other projects'],
    remedies: [
      'leave the file out',
      'ask for the workflow types of the TypeScript code: --type TYPE',
      'narrow the query: --query "TaskQueue = \'QUEUE\'"',
    ],
  },
];
