import clientPackage from '@reprise/client/lib/pkg';

/** How histories name this SDK. */
export const SDK_NAME = 'reprise';
/** All packages have one version. */
export const SDK_VERSION = clientPackage.version;
