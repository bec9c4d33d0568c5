export { asHandlerError as coerceToHandlerError, operationErrorToProto } from '../../nexus/handler-error.ts';
export { decodeOperationInput as decodePayload, PAYLOAD_VALIDATION_ERROR_TYPE } from '../../nexus/operation-input.ts';
export { encodeErrorToFailure as handlerErrorToProto } from '@reprise/common';
