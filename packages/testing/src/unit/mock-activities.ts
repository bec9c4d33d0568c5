import type { ActivityFunction } from '@reprise/common';

/** What stands in for an activity: a function for all calls, or one for each call, the last for all that follow. */
export type ActivityMock<Activity extends ActivityFunction> =
  | ((...args: Parameters<Activity>) => Awaited<ReturnType<Activity>> | Promise<Awaited<ReturnType<Activity>>>)
  | readonly ((
      ...args: Parameters<Activity>
    ) => Awaited<ReturnType<Activity>> | Promise<Awaited<ReturnType<Activity>>>)[];

/** Mocks by the name of the activity; those that are left out are not there. */
export type ActivityMocks<Activities> = {
  [Name in keyof Activities]?: Activities[Name] extends ActivityFunction ? ActivityMock<Activities[Name]> : never;
};

/**
 * Activities for a worker under test. A list has a function for each call, each attempt counted: what a first attempt does
 * and what the next one does stand side by side.
 *
 * @throws TypeError for a list without functions
 * @example
 * const activities = mockActivities<typeof real>({
 *   charge: [
 *     () => { throw new Error('declined'); },
 *     () => 'payment-1',
 *   ],
 *   ship: (orderId) => `parcel-${orderId}`,
 * });
 * const worker = await Worker.create({ connection: env.connection, taskQueue: 'test', workflowsPath, activities });
 */
export function mockActivities<Activities extends object>(
  mocks: ActivityMocks<Activities>,
): Record<string, ActivityFunction> {
  return Object.fromEntries(
    Object.entries(mocks as Record<string, ActivityMock<ActivityFunction> | undefined>).flatMap(([name, mock]) =>
      mock === undefined ? [] : [[name, activityOf(name, mock)]],
    ),
  );
}

function activityOf(name: string, mock: ActivityMock<ActivityFunction>): ActivityFunction {
  if (typeof mock === 'function') return async (...args) => (await mock(...args)) as unknown;
  const last = mock.at(-1);
  if (last === undefined) throw new TypeError(`the mock of activity '${name}' is an empty list: nothing can be called`);
  let calls = 0;
  return async (...args) => (await (mock[calls++] ?? last)(...args)) as unknown;
}
