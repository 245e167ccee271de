import { openPayload } from './open-payload'
import { settings } from '../settings'
import { seedDemo } from './demo/seed-demo'

/** `npm run seed`: fills an empty database with the demo. The start command runs it by itself. */
if (settings.isProduction) {
  process.stderr.write('The demo has logins that everybody knows: it is never put into a production database.\n')
  process.exit(1)
}
const { payload, close } = await openPayload()
const { totalDocs } = await payload.count({ collection: 'users' })
if (totalDocs) {
  process.stdout.write('The database is not empty, so nothing was filled in.\n')
} else {
  await seedDemo(payload, { stripeSandbox: settings.stripe.apiBase })
  process.stdout.write('The demo is filled in.\n')
}
await close()
process.exit(0)
