import { SDK_VERSION } from '../sdk-version.ts';

/** Name and version of this package, for programs that tell which SDK they run on. */
const pkg = { name: '@reprise/client', version: SDK_VERSION };

// oxlint-disable-next-line import/no-default-export -- users import it so from the published SDK
export default pkg;
