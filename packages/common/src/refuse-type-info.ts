const fields = ['typeInfo', 'activityTypeInfo'] as const;

/**
 * Refuses options that declare the types of values, which no call takes: payload converters get them from
 * `toPayloadWithTypeInfo` alone.
 *
 * @throws TypeError naming the option
 */
export function refuseTypeInfo(options: object | null | undefined, where: string): void {
  const field = fields.find((name) => options && (options as Record<string, unknown>)[name] !== undefined);
  if (field === undefined) return;
  throw new TypeError(`${where}: the option ${field} is not supported; convert the value with a payload converter`);
}
