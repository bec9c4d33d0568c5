export { fromJson, type FromJsonOptions } from './json/from-json.ts';
export { JsonMessageError } from './json/json-message-error.ts';
export type { JsonValue } from './json/json-value.ts';
export { toJson } from './json/to-json.ts';
