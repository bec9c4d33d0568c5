/** The slot of the async scope, as compiled code and helpers reach it. */
export interface FrameAccess {
  capture(): unknown;
  set(frame: unknown): void;
}
