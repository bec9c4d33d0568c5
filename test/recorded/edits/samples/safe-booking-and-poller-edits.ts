import { edit, type SampleEdit } from './sample-edit.ts';

const i = 'booking/book-trip.ts',
  p = 'booking/proxies.ts',
  s = 'booking/saga.ts',
  car = 'booking/steps/car.ts',
  po = 'poller.ts',
  b = 'pacing/backoff.ts',
  f = 'cart.ts',
  r = 'report.ts';
/** Edits that change nothing of what is recorded. */
export const SAFE_FIRST_EDITS: readonly SampleEdit[] = [
  edit('variables renamed', [
    [i, 'const booked', 'const all'],
    [i, 'booked.push', 'all.push'],
    [i, 'return booked;', 'return all;'],
    [i, '${booked.length}', '${all.length}'],
  ]),
  edit('arrow workflow made a function', [
    [
      i,
      'export const bookTrip = async (trip: Trip): Promise<string[]> => {',
      'export async function bookTrip(trip: Trip): Promise<string[]> {',
    ],
    [i, '  return booked;\n};', '  return booked;\n}'],
  ]),
  edit('function workflow made an arrow', [
    [
      po,
      'export async function poller(watch: Watch): Promise<number> {',
      'export const poller = async (watch: Watch): Promise<number> => {',
    ],
    [po, 'round + watch.perRun });\n}', 'round + watch.perRun });\n};'],
  ]),
  edit('step inlined', [
    [i, 'await bookSeat(saga, trip.id)', 'await saga.run(() => travel.holdSeat(trip.id), travel.releaseSeat)'],
    [i, "import { bookSeat } from './steps/seat.ts';\n", ''],
  ]),
  edit('steps of a branch extracted into a helper', [
    [
      i,
      '    if (trip.withCar) {\n      booked.push(await bookCar(saga, trip.id));\n    }\n',
      '    booked.push(...(await extras(saga, trip)));\n',
    ],
    [
      i,
      '/** Books seat',
      'async function extras(saga: Saga, trip: Trip): Promise<string[]> {\n  return trip.withCar ? [await bookCar(saga, trip.id)] : [];\n}\n\n/** Books seat',
    ],
  ]),
  edit('proxy made in another module', [
    [
      car,
      "import { travel } from '../proxies.ts';",
      "import { proxyActivities } from '@reprise/workflow';\nimport type { TravelActivities } from '../proxies.ts';",
    ],
    [
      car,
      'export default',
      "const travel = proxyActivities<TravelActivities>({ startToCloseTimeout: '30 seconds', retry: { maximumAttempts: 1 } });\n\nexport default",
    ],
  ]),
  edit('default export made a named one', [
    [car, 'export default async function', 'export async function'],
    [i, 'import bookCar from', 'import { bookCar } from'],
  ]),
  edit('file renamed', [
    [
      'booking/steps/chair.ts',
      '',
      "import { travel } from '../proxies.ts';\nimport type { Saga } from '../saga.ts';\n\nexport const bookSeat = async (saga: Saga, trip: string): Promise<string> =>\n  await saga.run(() => travel.holdSeat(trip), travel.releaseSeat);\n",
    ],
    [i, './steps/seat.ts', './steps/chair.ts'],
  ]),
  edit('imports in another order, and a barrel', [
    [
      'booking/steps/index.ts',
      '',
      "export { default as bookCar } from './car.ts';\nexport { bookRoom } from './room.ts';\nexport { bookSeat } from './seat.ts';\n",
    ],
    [
      i,
      "import bookCar from './steps/car.ts';\nimport { bookRoom } from './steps/room.ts';\nimport { bookSeat } from './steps/seat.ts';",
      "import { bookCar, bookRoom, bookSeat } from './steps/index.ts';",
    ],
  ]),
  edit('namespace import', [
    [i, "import { log, sleep } from '@reprise/workflow';", "import * as wf from '@reprise/workflow';"],
    [i, 'await sleep(', 'await wf.sleep('],
    [i, 'log.warn', 'wf.log.warn'],
  ]),
  edit('import scope of the published SDK', [
    [i, '@reprise/workflow', '@temporalio/workflow'],
    [p, '@reprise/workflow', '@temporalio/workflow'],
    [s, '@reprise/workflow', '@temporalio/workflow'],
    [po, '@reprise/workflow', '@temporalio/workflow'],
    [f, '@reprise/workflow', '@temporalio/workflow'],
    [r, '@reprise/workflow', '@temporalio/workflow'],
  ]),
  edit('class made of closures', [
    [
      s,
      'export class Saga {\n  readonly #undos: Undo[] = [];',
      'export class Saga {\n  private readonly undos: Undo[] = [];',
    ],
    [s, 'this.#undos.unshift', 'this.undos.unshift'],
    [s, 'of this.#undos', 'of this.undos'],
  ]),
  edit('for loop over a copy', [
    [
      s,
      'for (const undo of this.#undos) await undo();',
      'for (let at = 0; at < this.#undos.length; at++) await this.#undos[at]?.();',
    ],
  ]),
  edit('reduce instead of a loop', [
    [
      s,
      'for (const undo of this.#undos) await undo();',
      'await this.#undos.reduce(async (before, undo) => {\n        await before;\n        await undo();\n      }, Promise.resolve());',
    ],
  ]),
  edit('then instead of await', [
    [
      i,
      '    const payment = await travel.pay(trip.id, trip.cents * trip.nights);\n    booked.push(payment.id);',
      '    await travel.pay(trip.id, trip.cents * trip.nights).then(({ id }) => booked.push(id));',
    ],
  ]),
  edit('more logging', [
    [
      i,
      "    await sleep('10 minutes');",
      "    log.info('waiting', { booked });\n    await sleep('10 minutes');\n    log.debug('waited');",
    ],
  ]),
  edit('console logging', [[po, '    if (now > last) {', "    console.log('round', round);\n    if (now > last) {"]]),
  edit('awaits of values that are no promises', [
    [i, '  const booked: string[] = [];', '  const booked: string[] = [];\n  await null;\n  await Promise.resolve();'],
  ]),
  edit('awaits between steps', [
    [po, '    if (now > last) {', '    await Promise.all([1, 2, Promise.resolve(3)]);\n    if (now > last) {'],
  ]),
  edit('try around a step that rethrows', [
    [
      po,
      '    const { state, progress: now } = await check(watch.job, round);',
      '    let checked;\n    try {\n      checked = await check(watch.job, round);\n    } catch (error) {\n      throw error;\n    }\n    const { state, progress: now } = checked;',
    ],
  ]),
  edit('query handler more', [
    [
      po,
      '  setHandler(progress, () => last);',
      "  setHandler(progress, () => last);\n  setHandler(defineQuery<string>('job'), () => watch.job);",
    ],
  ]),
  edit('signal handler more', [
    [
      po,
      '  setHandler(progress, () => last);',
      "  setHandler(progress, () => last);\n  setHandler(defineSignal('noop'), () => undefined);",
    ],
    [po, 'defineQuery, ', 'defineQuery, defineSignal, '],
  ]),
  edit('update handler more', [
    [
      po,
      '  setHandler(progress, () => last);',
      "  setHandler(progress, () => last);\n  setHandler(defineUpdate<number>('bump'), () => ++last);",
    ],
    [po, 'defineQuery, ', 'defineQuery, defineUpdate, '],
  ]),
  edit('workflow more', [
    [
      'all.ts',
      'export { desk }',
      'export async function another(): Promise<void> {\n  await Promise.resolve();\n}\nexport { desk }',
    ],
  ]),
  edit('duration as a number', [[i, "'10 minutes'", '10 * 60 * 1000']]),
  edit('duration as another string', [[i, "'10 minutes'", "'600s'"]]),
  edit('backoff written otherwise', [[b, '1000 * 2 ** round', '1000 * Math.pow(2, round)']]),
  edit('constant moved', [[b, "import { MAX_PAUSE_MS } from './limits.ts';\n", 'const MAX_PAUSE_MS = 60_000;\n']]),
  edit('loop as while', [
    [
      po,
      'for (let round = watch.round; round < watch.round + watch.perRun; round++) {',
      'let round = watch.round - 1;\n  while (++round < watch.round + watch.perRun) {',
    ],
  ]),
  edit('recursion instead of a loop of rounds', [
    [po, '    await sleep(backoff(round));\n  }', '    await pause(round);\n  }'],
    [
      po,
      '/** Looks at a job',
      'async function pause(round: number): Promise<void> {\n  return await sleep(backoff(round));\n}\n\n/** Looks at a job',
    ],
  ]),
  edit('continueAsNew without await', [[po, 'return await continueAsNew', 'return continueAsNew']]),
  edit('makeContinueAsNewFunc of the same type', [
    [po, 'continueAsNew<typeof poller>(', "makeContinueAsNewFunc<typeof poller>({ workflowType: 'poller' })("],
    [po, 'continueAsNew, defineQuery', 'defineQuery, makeContinueAsNewFunc'],
  ]),
  edit('keys of the next input in another order', [
    [
      po,
      '{ ...watch, round: watch.round + watch.perRun }',
      '{ round: watch.round + watch.perRun, perRun: watch.perRun, job: watch.job }',
    ],
  ]),
];
