import { StartError } from './exit-with-line'
import { runWithDatabase } from './run-with-database'

/** `npm run seed`: fills an empty database with the demo. The start command runs it by itself. */
await runWithDatabase(async () => {
  const { settings } = await import('#settings')
  if (settings.isProduction) {
    throw new StartError('The demo has logins that everybody knows: it is never put into a production database.')
  }
  const [{ openPayload }, { seedDemo }] = await Promise.all([import('./open-payload'), import('./demo/seed-demo')])
  const { payload, close } = await openPayload()
  try {
    const { totalDocs } = await payload.count({ collection: 'users' })
    if (totalDocs) {
      console.log('The database is not empty, so nothing was filled in.')
    } else {
      await seedDemo(payload, { stripeSandbox: settings.stripe.apiBase, mailSandbox: settings.resend.baseUrl })
      console.log('The demo is filled in.')
    }
  } finally {
    await close()
  }
})
