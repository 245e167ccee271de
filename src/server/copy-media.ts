import { StartError } from './exit-with-line'
import { runWithDatabase } from './run-with-database'

/**
 * `npm run media:copy`: copies the files of all pictures from MEDIA_DIR into the bucket of S3_BUCKET. May run beside the server, and again
 * after it was interrupted; nothing is removed from the folder.
 */
await runWithDatabase(async () => {
  const { settings } = await import('#settings')
  if (!settings.s3) throw new StartError('S3_BUCKET is not set: say into which bucket media are to be copied.')
  const [{ openPayload }, { copyMedia }, { mediaFolder, presentMediaStore }] = await Promise.all([
    import('./open-payload'),
    import('#media/copy-media'),
    import('#media/present-media-store'),
  ])
  const { payload, close } = await openPayload()
  try {
    const stores = { from: mediaFolder(), to: await presentMediaStore() }
    const { copied, present, missing } = await copyMedia(payload, stores, (soFar) => {
      console.log(
        `${soFar.pictures} of ${soFar.of} pictures: ${soFar.copied} files copied, ${soFar.present} there already.`,
      )
    })
    console.log(`Done: ${copied} files were copied, ${present} were there already.`)
    if (missing.length) {
      console.error(`Neither the folder nor the bucket has these: ${missing.join(', ')}`)
      process.exitCode = 1
    }
  } finally {
    await close()
  }
})
