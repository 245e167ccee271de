import { randomBytes } from 'node:crypto'
import { StartError } from './exit-with-line'
import { runWithDatabase } from './run-with-database'

/**
 * `npm run admin -- somebody@company.example [password]`: a random password is made and shown once if none is given.
 * `npm run admin -- --reset-second-factor somebody@company.example`: for an administrator who has lost theirs, and whom nobody else can help.
 */
await runWithDatabase(async () => {
  const [email, given] = process.argv.slice(2)
  if (email === '--reset-second-factor') return resetSecondFactorOf(given)
  if (!email?.includes('@')) throw new StartError('Say whom: npm run admin -- somebody@company.example')
  const password = given ?? randomBytes(12).toString('base64url')
  const [{ openPayload }, { createAdmin }] = await Promise.all([
    import('./open-payload'),
    import('./create-first-admin'),
  ])
  const { payload, close } = await openPayload()
  try {
    await createAdmin(payload, { email, password })
  } finally {
    await close()
  }
  console.log(`${email} is an administrator now.${given ? '' : ` Password: ${password}`}`)
})

async function resetSecondFactorOf(email: string | undefined): Promise<void> {
  if (!email?.includes('@'))
    throw new StartError('Say whose: npm run admin -- --reset-second-factor somebody@company.example')
  const [{ openPayload }, { resetByAddress }] = await Promise.all([
    import('./open-payload'),
    import('./reset-second-factor'),
  ])
  const { payload, close } = await openPayload()
  try {
    console.log(await resetByAddress(payload, email))
  } finally {
    await close()
  }
}
