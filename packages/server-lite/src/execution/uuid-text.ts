const digits = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const pattern = new RegExp(`^(${digits}|\\{${digits}\\}|urn:uuid:${digits}|[0-9a-f]{32})$`, 'i');

/** In any of the ways in which the service lets a UUID be written: as it is, in braces, as a URN, or as 32 digits. */
export const isUuid = (text: string): boolean => pattern.test(text);
