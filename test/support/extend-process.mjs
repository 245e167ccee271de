// Loaded before a process of the product: its extensions are those of the file that PARLEY_TEST_EXTENSIONS names.
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

const { PARLEY_TEST_EXTENSIONS: extensions } = process.env

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '#extensions/index' && extensions !== undefined
      ? { url: pathToFileURL(extensions).href, shortCircuit: true }
      : next(specifier, context),
})
