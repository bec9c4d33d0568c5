/** The slot of the async scope, as compiled code and helpers reach it. */
export interface FrameAccess {
  capture(): unknown;
  set(frame: unknown): void;
  /** A thenable of the user's, so that it is called back in the current frame; other values as they are. */
  guard(value: unknown): unknown;
}
