import { runWithDatabase } from './run-with-database'

/**
 * `npm run media:clean`: takes what cameras write into pictures (place, device, author) out of those that were stored before that was done to every
 * upload. May run beside the server, and again after it was interrupted.
 */
await runWithDatabase(async () => {
  const [{ openPayload }, { cleanMedia }, { presentMediaStore }] = await Promise.all([
    import('./open-payload'),
    import('#media/clean-media'),
    import('#media/present-media-store'),
  ])
  const { payload, close } = await openPayload()
  try {
    const { cleaned, clean, unreadable } = await cleanMedia(payload, await presentMediaStore(), (soFar) => {
      console.log(
        `${soFar.pictures} of ${soFar.of} pictures: ${soFar.cleaned} drawn anew, ${soFar.clean} told nothing.`,
      )
    })
    console.log(`Done: ${cleaned} pictures were drawn anew, ${clean} told nothing more than what is seen.`)
    if (unreadable.length) {
      console.error(`These are missing or no pictures: ${unreadable.join(', ')}`)
      process.exitCode = 1
    }
  } finally {
    await close()
  }
})
