/** The decorators of `experimentalDecorators`, applied from the last to the first. */
type Decorator = (target: unknown, key?: PropertyKey, descriptor?: PropertyDescriptor | number) => unknown;

export function decorate(
  decorators: readonly Decorator[],
  target: object,
  key?: PropertyKey,
  given?: PropertyDescriptor | null,
): unknown {
  const member = key !== undefined;
  let current: unknown = member ? (given === null ? Object.getOwnPropertyDescriptor(target, key) : given) : target;
  for (const decorator of decorators.toReversed()) {
    if (typeof decorator !== 'function') continue;
    const result = member ? decorator(target, key, current as PropertyDescriptor) : decorator(current);
    current = result ?? current;
  }
  if (member && current !== undefined && current !== null)
    Object.defineProperty(target, key, current as PropertyDescriptor);
  return current;
}

export function parameter(index: number, decorator: Decorator): Decorator {
  return (target, key) => decorator(target, key, index);
}
