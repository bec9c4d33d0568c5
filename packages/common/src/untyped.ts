/**
 * The one place where the public types give up: user functions are constrained as "any parameters, any result" so that
 * their own parameter and result types are inferred, and so that untyped proxies can be called.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- the functions of users are inferred against it
export type Untyped = any;
/** A function of any parameters and any result. */
export type UntypedFunction = (...args: Untyped[]) => Untyped;
