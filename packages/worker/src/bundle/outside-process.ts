/**
 * Code written for a sandbox that leaks fetches the modules that its bundle leaves out from the process outside, by the
 * constructor of a function. Nothing is to be had there: it gets stand-ins, so that such modules can be named, and what they
 * export be made and extended where modules are evaluated. A stand-in that is called says so.
 */
const PROCESS_OUTSIDE = /[\w$]+\.constructor\.constructor\(\s*(["'])return process\1\s*\)\(\)/g;

const STAND_IN_MESSAGE =
  'This function is of a module that the bundle leaves out (webpackConfigHook, externals), and cannot be called in workflow code';

// Hoisted, so that it may stand below the code that calls it, and no line moves.
const PROCESS = `
function __outside() {
  const own = ['prototype', 'name', 'length'];
  const standIn = new Proxy(function () {}, {
    get: (target, key) => typeof key === 'symbol' || key === 'then' ? undefined : own.includes(key) ? target[key] : standIn,
    construct: (target, args, made) => Object.create(made.prototype),
    apply() { throw new TypeError(${JSON.stringify(STAND_IN_MESSAGE)}); },
  });
  return { mainModule: { require: () => standIn } };
}
`;

/** The text of a module with such ways out led to the stand-ins. */
export function withStandIns(text: string): string {
  const changed = text.replace(PROCESS_OUTSIDE, (found) => '__outside()'.padEnd(found.length));
  return changed === text ? text : changed + PROCESS;
}
