/** The decorators of `experimentalDecorators`, applied from the last to the first. */
type Decorator = (target: unknown, key?: PropertyKey, descriptor?: PropertyDescriptor | number) => unknown;
type Metadata = (key: string, value: unknown) => Decorator;

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

/** Types as `emitDecoratorMetadata` has them, for a library that adds `Reflect.metadata`. */
export function metadata(key: string, value: unknown): Decorator | undefined {
  const make: unknown = Reflect.get(Reflect, 'metadata');
  return typeof make === 'function' ? (make as Metadata)(key, value) : undefined;
}

export function parameter(index: number, decorator: Decorator): Decorator {
  return (target, key) => decorator(target, key, index);
}
