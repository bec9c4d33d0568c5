import { edit, type SampleEdit } from './sample-edit.ts';

const i = 'booking/book-trip.ts',
  p = 'booking/proxies.ts',
  s = 'booking/saga.ts',
  seat = 'booking/steps/seat.ts',
  room = 'booking/steps/room.ts',
  car = 'booking/steps/car.ts';
export const BOOKING_EDITS: readonly SampleEdit[] = [
  edit(
    'activity renamed in a step file',
    [
      [seat, '{ holdSeat, releaseSeat }', '{ reserveSeat, releaseSeat }'],
      [seat, '() => holdSeat(trip)', '() => reserveSeat(trip)'],
      [p, 'holdSeat(trip: string)', 'reserveSeat(trip: string)'],
    ],
    ['R1001', 'reserveSeat(trip)', 6, 'activity `holdSeat` was renamed to `reserveSeat`'],
  ),
  edit(
    'undo renamed, passed as a value',
    [
      [p, 'returnCar(', 'giveBackCar('],
      [car, 'travel.returnCar', 'travel.giveBackCar'],
    ],
    ['R1001', 'undo(result)', 1, '`returnCar` was renamed to `giveBackCar`'],
  ),
  edit(
    'steps swapped in the caller',
    [
      [
        i,
        '    booked.push(await bookSeat(saga, trip.id));\n    booked.push(await bookRoom(saga, trip.id, trip.nights));',
        '    booked.push(await bookRoom(saga, trip.id, trip.nights));\n    booked.push(await bookSeat(saga, trip.id));',
      ],
    ],
    ['R1002', 'bookRoom(', 6, 'changed order'],
  ),
  edit(
    'undone in the order in which it was done',
    [[s, '.unshift(', '.push(']],
    ['R1002', 'undo(result)', 2, 'changed order'],
  ),
  edit(
    'undone all at once',
    [[s, 'for (const undo of this.#undos) await undo();', 'await Promise.all(this.#undos.map((undo) => undo()));']],
    ['R1002', 'undo(result)', 2],
  ),
  edit(
    'condition on the car turned',
    [[i, 'if (trip.withCar)', 'if (!trip.withCar)']],
    ['R1004', 'sleep(', 3, 'activity `rentCar` was removed'],
    ['R1003', 'rentCar', 2, 'new activity `rentCar`'],
  ),
  edit(
    'car dropped',
    [[i, '    if (trip.withCar) {\n      booked.push(await bookCar(saga, trip.id));\n    }\n', '']],
    ['R1004', 'sleep(', 3, '`rentCar` was removed'],
  ),
  edit(
    'car for everyone',
    [[i, 'if (trip.withCar) {', '{']],
    ['R1003', 'rentCar', 2, 'new activity `rentCar` before timer 10m'],
  ),
  edit(
    'cooling off removed',
    [[i, "    await sleep('10 minutes');\n", '']],
    ['R1004', 'pay(', 5, 'timer 10m was removed'],
  ),
  edit('cooling off longer', [[i, "'10 minutes'", "'20 minutes'"]], ['R2002w', 'sleep(', 5, 'timer of 10m is now 20m']),
  edit(
    'price computed otherwise',
    [[i, 'trip.cents * trip.nights', 'trip.cents']],
    ['R2001w', 'pay(', 3, 'arguments of activity `pay` changed'],
  ),
  edit(
    'mail before the payment',
    [
      [
        i,
        '    const payment = await travel.pay',
        "    await travel.mail(trip.id, 'soon');\n    const payment = await travel.pay",
      ],
    ],
    ['R1003', "mail(trip.id, 'soon')", 3, 'new activity `mail` before activity `pay`'],
  ),
  edit(
    'no mail about success',
    [[i, '  await travel.mail(trip.id, `booked ${booked.length}`);\n', '']],
    ['R1004', 'return booked', 2, '`mail` was removed'],
  ),
  edit(
    'no mail about failure',
    [[i, "    await travel.mail(trip.id, 'failed');\n", '']],
    ['R1004', 'undo(result)', 2, '`mail` was removed'],
  ),
  edit(
    'mail of failure before undoing',
    [
      [
        i,
        "    await saga.compensate();\n    await travel.mail(trip.id, 'failed');",
        "    await travel.mail(trip.id, 'failed');\n    await saga.compensate();",
      ],
    ],
    ['R1002', 'mail(', 2],
    ['R1004', "sleep('10 minutes')", 1],
  ),
  edit(
    'compensation that can be cancelled',
    [
      [
        s,
        '    await CancellationScope.nonCancellable(async () => {\n      for (const undo of this.#undos) await undo();\n    });',
        '    for (const undo of this.#undos) await undo();',
      ],
      [s, "import { CancellationScope } from '@reprise/workflow';\n\n", ''],
    ],
    ['R1004', "sleep('10 minutes')", 1, '`releaseRoom` was removed'],
  ),
  edit('failure swallowed', [[i, '    throw error;\n', '    return booked;\n']], ['R1012', 'return booked', 2]),
  edit(
    'result of payment used without a check',
    [[i, 'booked.push(payment.id);', 'booked.push(payment.receipt.number);']],
    ['R1010', 'number', 2, 'threw'],
  ),
  edit(
    'error thrown in a constructor of a class in another file',
    [
      [
        s,
        '  readonly #undos: Undo[] = [];',
        "  readonly #undos: Undo[] = [];\n\n  constructor() {\n    JSON.parse('{');\n  }",
      ],
    ],
    ['R1010', 'parse(', 6],
  ),
  edit(
    'workflow renamed',
    [
      [i, 'export const bookTrip =', 'export const planTrip ='],
      ['all.ts', '{ bookTrip }', '{ planTrip }'],
    ],
    ['R1011', undefined, 6, '`bookTrip`'],
  ),
  edit(
    'returned before booking',
    [[i, '  const saga = new Saga();', '  if (trip.nights > 2) return [];\n  const saga = new Saga();']],
    ['R1008', 'return [];', 1],
  ),
  edit('failure of another type', [[i, '    throw error;', "    throw new Error('trip');"]], ['R1010', 'new Error', 2]),
  edit(
    'seat and room in parallel',
    [
      [
        i,
        '    booked.push(await bookSeat(saga, trip.id));\n    booked.push(await bookRoom(saga, trip.id, trip.nights));',
        '    booked.push(...(await Promise.all([bookSeat(saga, trip.id), bookRoom(saga, trip.id, trip.nights)])));',
      ],
    ],
    ['R1002', 'bookRoom(', 6, 'asked for earlier'],
  ),
  edit(
    'retries by hand around the room',
    [
      [
        room,
        '() => travel.holdRoom(trip, nights),',
        'async () => {\n      try {\n        return await travel.holdRoom(trip, nights);\n      } catch {\n        return await travel.holdRoom(trip, nights);\n      }\n    },',
      ],
    ],
    ['R1003', 'holdRoom(', 1, 'new activity `holdRoom`'],
  ),
  edit(
    'another task queue for one step',
    [
      [
        car,
        "import { travel } from '../proxies.ts';",
        "import { proxyActivities } from '@reprise/workflow';\nimport type { TravelActivities } from '../proxies.ts';\n\nconst travel = proxyActivities<TravelActivities>({\n  startToCloseTimeout: '30 seconds',\n  retry: { maximumAttempts: 1 },\n  taskQueue: 'cars',\n});",
      ],
    ],
    ['R2004w', 'rentCar', 3, 'taskQueue'],
  ),
  edit(
    'step moved into another file, and its name changed',
    [
      [
        'booking/steps/train.ts',
        '',
        "import { travel } from '../proxies.ts';\nimport type { Saga } from '../saga.ts';\n\nexport async function bookTrain(saga: Saga, trip: string): Promise<string> {\n  return await saga.run(() => travel.holdTrain(trip), travel.releaseSeat);\n}\n",
      ],
      [i, "import { bookSeat } from './steps/seat.ts';", "import { bookTrain } from './steps/train.ts';"],
      [i, 'bookSeat(saga', 'bookTrain(saga'],
      [p, 'holdSeat(', 'holdTrain('],
    ],
    ['R1001', 'holdTrain(', 6, '`holdSeat` was renamed to `holdTrain`'],
  ),
  edit(
    'sleep inside the saga after each step',
    [
      [s, '    const result = await step();', "    const result = await step();\n    await sleep('1 second');"],
      [s, '{ CancellationScope }', '{ CancellationScope, sleep }'],
    ],
    ['R1003', 'sleep(', 6, 'new timer 1s'],
  ),
  edit(
    'compensates only when something was booked twice',
    [[i, 'await saga.compensate();', 'if (booked.length > 1) await saga.compensate();']],
    ['R1004', 'mail(', 1, '`releaseSeat` was removed'],
  ),
  edit(
    'await of the undo forgotten',
    [[s, 'await undo();', 'void undo();']],
    ['R1002', 'undo(result)', 2, 'earlier'],
    ['R1002', 'mail(', 1, 'earlier'],
  ),
];
