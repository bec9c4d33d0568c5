export {
  historyFromJSON,
  historyToJSON,
  JSONToPayload,
  payloadToJSON,
  type History,
  type JSONPayload,
  type Payload,
} from '../protobuf/history-json.ts';
