import { asyncIterators } from './async-iterator.ts';
import { awaitInGenerator, delegateTo, wrapAsyncGenerator } from './async-generator.ts';
import { addDisposable, disposeAll } from './dispose.ts';
import type { FrameAccess } from './frame-access.ts';
import { decorate, parameter } from './legacy-decorators.ts';
import { defaultImport, exportStar, namespaceImport } from './module-interop.ts';

/** The functions that compiled modules import, by the name the compiler gives them; each stands behind `_`. */
export function moduleHelpers(frames: FrameAccess): Readonly<Record<string, { readonly _: unknown }>> {
  const helpers: Record<string, unknown> = {
    _async_generator_delegate: delegateTo,
    _async_iterator: asyncIterators(frames),
    _await_async_generator: awaitInGenerator,
    _wrap_async_generator: wrapAsyncGenerator(frames),
    _export_star: exportStar,
    _interop_require_default: defaultImport,
    _interop_require_wildcard: namespaceImport,
    _ts_add_disposable_resource: addDisposable,
    _ts_dispose_resources: disposeAll,
    _ts_decorate: decorate,
    _ts_param: parameter,
  };
  return Object.fromEntries(Object.entries(helpers).map(([name, _]) => [name, { _ }]));
}
