export { decodeScheduleSpec, encodeScheduleSpec } from '../schedule/spec-codec.ts';
