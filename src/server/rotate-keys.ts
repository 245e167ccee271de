import { runWithDatabase } from './run-with-database'

/**
 * `npm run keys:rotate`: re-encrypts everything under the first key of ENCRYPTION_KEYS, so that the others can be taken out of it afterwards.
 * May run beside the server, and again after it was interrupted.
 */
await runWithDatabase(async (url) => {
  const { reencryptSecrets } = await import('#database/reencrypt-secrets')
  const { sealed, changed, failed } = await reencryptSecrets(url)
  if (!sealed) console.log('There is nothing to do: this database holds nothing that is encrypted.')
  else console.log(`${changed} of ${sealed} secrets were put under the first key.`)
  if (failed.length) {
    console.error(`These could not be read with any key of ENCRYPTION_KEYS: ${failed.join(', ')}`)
    process.exitCode = 1
  }
})
