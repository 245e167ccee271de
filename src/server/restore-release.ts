import { readArguments } from './backup/read-arguments'
import { runWithDatabase } from './run-with-database'

/** `npm run restore:release`: compares a restored database with Stripe and lets workers start. Exit code 1 when something stands open. */
await runWithDatabase(async (url) => {
  const { isSet } = readArguments(process.argv.slice(2), {
    usage: 'npm run restore:release [-- --without-stripe] [--with-differences]',
    flags: ['without-stripe', 'with-differences'],
    needsFolder: false,
  })
  const [{ openPayload }, { releaseRestored }] = await Promise.all([
    import('./open-payload'),
    import('./backup/release-restored'),
  ])
  const { payload, close } = await openPayload()
  try {
    const { open, isReleased, messages, loginMails } = await releaseRestored(payload, {
      url,
      now: Date.now(),
      withStripe: !isSet['without-stripe'],
      despiteFaults: isSet['with-differences'],
    })
    for (const line of open) console.log(line)
    if (!isReleased) {
      console.error(
        `${open.length} stand open. Look at them (Admin → Money → Differences; docs/operations.md), then run it again; with \`-- --with-differences\` it releases all the same.`,
      )
      process.exitCode = 1
      return
    }
    if (messages) console.log(`${messages} messages may have gone out before: Admin → What is stuck decides on each.`)
    if (loginMails) console.log(`${loginMails} mails about logins were dropped; whoever waits for one asks again.`)
    console.log('Workers may start.')
  } finally {
    await close()
  }
})
