export { historyFromJSON, historyToJSON, JSONToPayload, payloadToJSON } from '../protobuf/history-json.ts';
