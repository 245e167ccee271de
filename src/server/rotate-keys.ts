import { runWithDatabase } from './run-with-database'

/**
 * `npm run keys:rotate`: re-encrypts everything under the first key of ENCRYPTION_KEYS, so that the others can be taken out of it afterwards.
 * May run beside the server, and again after it was interrupted.
 */
await runWithDatabase(async (url) => {
  const { reencryptSecrets } = await import('#database/reencrypt-secrets')
  const { changed, failed } = await reencryptSecrets(url)
  console.log(`${changed} secrets are under the first key now.`)
  if (failed.length) {
    console.error(`These could not be read with any key of ENCRYPTION_KEYS: ${failed.join(', ')}`)
    process.exitCode = 1
  }
})
