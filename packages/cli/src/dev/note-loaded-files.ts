/** Loaded by the worker process of `reprise dev` before all else: notes which files it loads, for when one of them changes. */
import { registerHooks } from 'node:module';

const loaded = new Set<string>();
Reflect.set(globalThis, Symbol.for('reprise.dev.loadedFiles'), loaded);
registerHooks({
  load(url, context, nextLoad) {
    loaded.add(url);
    return nextLoad(url, context);
  },
});
