// Plain JavaScript, which an older Node can load as well.

/** What the product is tested with. An installation for development brings it along; one for production uses that of its machine. */
const oldestNode = 24

/**
 * Why Parley cannot run on this Node; undefined when it can.
 * @param {string} version as in `process.versions.node`
 * @returns {string | undefined}
 */
export const findNodeFault = (version) =>
  Number.parseInt(version, 10) >= oldestNode
    ? undefined
    : `Parley needs Node ${oldestNode} or newer, and this is ${version}: install it, or run \`npm ci\` with the packages for development, which bring it.`
