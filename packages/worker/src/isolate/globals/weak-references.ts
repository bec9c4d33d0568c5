/** What depends on the garbage collector: refused at the call, not hidden, so that libraries can be recognised by it. */
import { replace } from './realm.ts';

export function tameWeakReferences(realm: object, violation: (message: string) => Error): void {
  for (const name of ['WeakRef', 'FinalizationRegistry']) {
    const message = `${name} cannot be used in Workflows because v8 GC is non-deterministic`;
    function Refusing(): never {
      throw violation(message);
    }
    Object.defineProperty(Refusing, 'name', { value: name });
    replace(realm, name, Refusing);
  }
}
