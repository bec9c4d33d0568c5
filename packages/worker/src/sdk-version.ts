/** How histories name this SDK. */
export const SDK_NAME = 'reprise';
export const SDK_VERSION = '0.1.0';
