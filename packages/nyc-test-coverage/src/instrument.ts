import { createInstrumenter, type Instrumenter } from 'istanbul-lib-instrument';

/** By whether they read TypeScript. */
const instrumenters = new Map<boolean, Instrumenter>();

/** The text of a module with counters in it, every statement on the line where it was. */
export function instrument(text: string, file: string): string {
  const isTypeScript = /\.[cm]?tsx?$/.test(file);
  const instrumenter = instrumenters.get(isTypeScript) ?? makeInstrumenter(isTypeScript);
  instrumenters.set(isTypeScript, instrumenter);
  return instrumenter.instrumentSync(text, file);
}

function makeInstrumenter(isTypeScript: boolean): Instrumenter {
  const options = {
    esModules: true,
    compact: false,
    coverageGlobalScope: 'globalThis',
    coverageGlobalScopeFunc: false,
    parserPlugins: ['decorators', 'explicitResourceManagement', ...(isTypeScript ? ['typescript'] : ['jsx'])],
    generatorOpts: { retainLines: true },
  };
  // A variable, since the published types do not know all options.
  return createInstrumenter(options);
}
