export { userMetadataToPayload } from '../converter/user-metadata-to-payload.ts';
