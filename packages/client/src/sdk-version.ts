/** How clients name this SDK to servers. */
export const SDK_NAME = 'reprise-typescript';
export const SDK_VERSION = '0.1.0';
