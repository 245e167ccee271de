import pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, Notification, ServiceType, User } from '#payload-types'
import { newestAccountToken } from '../../support/account-links'
import { cleanUpLater } from '../../support/clean-up'
import { Crashed, killedAfter, plantDatabaseSteps } from '../../support/crash'
import { createConsultant, createServiceType, createUser } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { type HostileIssuer, openHostileIssuer } from '../../support/hostile-issuer'
import { makeJobsDue, runDueJobs, runJobsOnce } from '../../support/jobs'
import { book, type MessageWorld, openMessageWorld } from '../../support/message-world'
import { createOpenidBrowser } from '../../support/openid-browser'
import { kindOf } from '../../support/resend-sandbox'
import type { RestAnswer, RestClient } from '../../support/rest-client'
import { tokenFor } from '../../support/token-for'

const serverUrl = 'http://localhost:3000'
const mailTasks = ['deliver-account-mail', 'deliver-login-news']

let world: MessageWorld
let pool: pg.Pool
let issuer: HostileIssuer
let number = 0

beforeAll(async () => {
  issuer = await openHostileIssuer('google-client')
  world = await openMessageWorld({
    env: {
      RATE_LIMIT_FACTOR: '0',
      SERVER_URL: serverUrl,
      GOOGLE_SIGN_IN: '1',
      GOOGLE_CLIENT_ID: 'google-client',
      GOOGLE_CLIENT_SECRET: 'google-secret',
      GOOGLE_API_BASE: issuer.issuer,
    },
  })
  pool = new pg.Pool({ connectionString: world.database.url, max: 3 })
  cleanUpLater(() => pool.end())
  plantDatabaseSteps(world.payload)
})

const newAddress = () => `killed-${++number}@works.example`
const deliver = () => runDueJobs(world.payload, world.database, { only: mailTasks })
const mailsTo = async (address: string): Promise<string[]> => {
  await deliver()
  return world.resend.control.emails(address).map(kindOf)
}
const count = async (text: string, value: string): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>(text, [value])
  return rows[0]?.count ?? 0
}

/** Kills `run` after one step, after two, and so on until it comes through. What is looked at in between is told whether it was done. */
const killAtEachStep = async <Prepared>(
  prepare: () => Promise<Prepared>,
  {
    run,
    afterwards,
  }: { run: (prepared: Prepared) => Promise<unknown>; afterwards: (prepared: Prepared) => Promise<boolean> },
): Promise<void> => {
  const seen = { done: 0, undone: 0 }
  for (let steps = 1; steps <= 40; steps++) {
    const prepared = await prepare()
    try {
      await killedAfter(steps, () => run(prepared))
      // It came through, so it is done.
      expect(await afterwards(prepared)).toBe(true)
      expect(seen.undone).toBeGreaterThan(0)
      expect(seen.done).toBeGreaterThan(0)
      return
    } catch (error) {
      if (!(error instanceof Crashed)) throw error
      seen[(await afterwards(prepared)) ? 'done' : 'undone']++
    }
  }
  throw new Error('It never came through.')
}

const linksOf = (address: string) =>
  count('SELECT count(*)::int AS count FROM parley.account_links WHERE address = $1 AND used_at IS NULL', address)

describe('a process that is killed', () => {
  const unconfirmed = async (): Promise<User> => {
    const user = await createUser(world.payload, ['customer'], { _verified: false, email: newAddress() })
    // Made by our own code, it is invited as by staff.
    await deliver()
    return user
  }

  it.each<[string, () => Promise<{ email: string; ask: () => Promise<RestAnswer> }>, string]>([
    [
      'somebody registers',
      () => {
        const email = newAddress()
        return Promise.resolve({ email, ask: () => world.api.post('/users', { email, name: 'Jo' }) })
      },
      'account_verify/account',
    ],
    [
      'somebody has forgotten their password',
      async () => {
        const { email } = await createUser(world.payload, ['customer'], { email: newAddress() })
        return { email, ask: () => world.api.post('/users/forgot-password', { email }) }
      },
      'password_reset/account',
    ],
    [
      'staff invite somebody again',
      async () => {
        const { id, email } = await unconfirmed()
        const staff = await world.api.as(await createUser(world.payload, ['operations']))
        return { email, ask: () => staff.post('/account/invitations', { user: id }) }
      },
      'account_invite/account',
    ],
  ])('while %s mails one link or has none, and asking again mails one', async (_what, begin, kind) => {
    await killAtEachStep(
      async () => {
        const begun = await begin()
        const before = world.resend.control.emails(begun.email).length
        const { rows } = await pool.query('SELECT id FROM parley.account_links WHERE address = $1', [begun.email])
        return { ...begun, before, known: rows.map(({ id }) => String(id)) }
      },
      {
        run: async ({ ask }) => expect((await ask()).status).toBeLessThan(300),
        afterwards: async ({ email, ask, before, known }) => {
          const { rows } = await pool.query(
            'SELECT id FROM parley.account_links WHERE address = $1 AND id <> ALL($2::uuid[])',
            [email, known],
          )
          expect((await mailsTo(email)).slice(before)).toEqual(rows.map(() => kind))
          expect((await ask()).status).toBeLessThan(300)
          expect((await mailsTo(email)).slice(before)).toEqual([...rows.map(() => kind), kind])
          return rows.length > 0
        },
      },
    )
  })

  it('while a mail goes out sends it once', async () => {
    for (let crash = 1; crash <= 12; crash++) {
      const email = newAddress()
      await world.api.post('/users', { email, name: 'Jo' })
      await runJobsOnce(world.payload, pool, { only: mailTasks, crash })
      await makeJobsDue(world.database, 'deliver-account-mail')
      expect(await mailsTo(email), `after ${crash} steps`).toEqual(['account_verify/account'])
    }
  })

  it('while somebody chooses a password makes the whole account or none of it, and the link is good until it has', async () => {
    await killAtEachStep(
      async () => {
        const email = newAddress()
        await world.api.post('/users', { email, name: 'Jo' })
        return { email, token: await newestAccountToken(pool, email) }
      },
      {
        run: ({ token }) => world.api.post('/account/confirm', { token, password: testPassword }),
        afterwards: async ({ email, token }) => {
          const made = () =>
            Promise.all([
              count('SELECT count(*)::int AS count FROM users WHERE email = $1 AND _verified', email),
              count('SELECT count(*)::int AS count FROM customers WHERE email = $1 AND user_id IS NOT NULL', email),
              linksOf(email),
            ])
          const left = await made()
          const isDone = left[0] === 1
          expect(left).toEqual(isDone ? [1, 1, 0] : [0, 0, 1])
          const again = await world.api.post('/account/confirm', { token, password: testPassword })
          expect([again.status, again.json.code]).toEqual(isDone ? [410, 'link_expired'] : [200, undefined])
          expect(await made()).toEqual([1, 1, 0])
          return isDone
        },
      },
    )
  })

  it('while a provider is connected connects it and tells its owner, or neither', async () => {
    const begin = async ({
      browser,
      subject,
    }: {
      browser: ReturnType<typeof createOpenidBrowser>
      subject: string
    }) => {
      const { json } = await browser.post('/account/openid/google/connect')
      const asked = new URL(json.url).searchParams
      issuer.give({ claims: { nonce: asked.get('nonce'), sub: subject } })
      return `${serverUrl}/api/account/openid/google/callback?code=any&state=${asked.get('state') ?? ''}`
    }
    await killAtEachStep(
      async () => {
        const user = await createUser(world.payload, ['customer'], { email: newAddress() })
        const browser = createOpenidBrowser(world.api, serverUrl)
        browser.put({ 'payload-token': await tokenFor(world.payload, user) })
        const owner = { browser, subject: `subject-${user.id}` }
        return { user, owner, callback: await begin(owner) }
      },
      {
        run: ({ owner, callback }) => owner.browser.go(callback),
        afterwards: async ({ user, owner }) => {
          const connected = () =>
            count('SELECT count(*)::int AS count FROM parley.openid_identities WHERE user_id = $1', user.id)
          const isDone = (await connected()) === 1
          expect(await mailsTo(user.email)).toEqual(isDone ? ['provider_connected/account'] : [])
          await owner.browser.go(await begin(owner))
          expect(await connected()).toBe(1)
          expect(await mailsTo(user.email)).toEqual(['provider_connected/account'])
          return isDone
        },
      },
    )
  })
})

describe('a claim that somebody did not come, in a process that is killed', () => {
  let consultant: ConsultantProfile
  let serviceType: ServiceType
  let staff: RestClient

  beforeAll(async () => {
    consultant = (await createConsultant(world.payload)).profile
    serviceType = await createServiceType(world.payload, [consultant])
    staff = await world.api.as(await createUser(world.payload, ['operations']))
  })

  /** Both were there. */
  const attended = async () => {
    const booking = await book(world, { consultant, serviceType })
    const { id } = await booking.find()
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    await pool.query('UPDATE scheduled_sessions SET starts_at = $2, ends_at = $3 WHERE id = $1', [id, at(-20), at(10)])
    const [{ settings }, { joinUrlOf }] = await Promise.all([import('#settings'), import('#sessions/present-session')])
    for (const role of ['consultant', 'customer'] as const) {
      const known = { serverUrl: '', secret: settings.payloadSecret, actor: { role } }
      const joined = await world.api.post(joinUrlOf({ reference: booking.reference }, known).replace('/api', ''))
      expect(joined.status, joined.text).toBe(303)
    }
    const claims = async () => {
      const where = { scheduledSession: { equals: id } }
      const { docs } = await world.payload.find({ collection: 'no-show-claims', where, depth: 0 })
      return docs.map(({ status }) => status)
    }
    /** What was told of it over each channel, each once. */
    const told = async (kind: RegExp) => {
      await runDueJobs(world.payload, world.database, { only: ['follow-session'] })
      const all = (await booking.notifications())
        .filter((one) => kind.test(one.kind ?? ''))
        .map((one) => `${one.kind} → ${one.audience} by ${one.delivery?.channel}, ${one.title}, ${relatedTo(one)}`)
      expect(all.toSorted()).toEqual([...new Set(all)].toSorted())
      return all.length
    }
    const open = () => world.api.post(`${booking.url}/no-show`, { reason: 'I was alone all the time.' }, booking.auth)
    const decide = () => staff.post(`${booking.url}/claim/decide`, { decision: 'grant', reason: 'Nobody was there.' })
    return { ...booking, claims, told, open, decide }
  }

  const relatedTo = ({ recipient, recipientCustomer }: Notification) => JSON.stringify([recipient, recipientCustomer])

  it('is opened and told, or neither', async () => {
    await killAtEachStep(attended, {
      run: ({ open }) => open(),
      afterwards: async ({ claims, told, open }) => {
        const isDone = (await claims()).length === 1
        const before = await told(/^no_show_claim/)
        expect(before > 0).toBe(isDone)
        expect((await open()).status).toBe(isDone ? 409 : 202)
        expect(await claims()).toEqual(['open'])
        const after = await told(/^no_show_claim/)
        expect(isDone ? after : before).toBe(before)
        expect(after).toBeGreaterThan(0)
        return isDone
      },
    })
  })

  it('is decided with its session and told, or neither', async () => {
    const begin = async () => {
      const claimed = await attended()
      expect((await claimed.open()).status).toBe(202)
      return claimed
    }
    await killAtEachStep(begin, {
      run: ({ decide }) => decide(),
      afterwards: async ({ claims, told, decide, find }) => {
        const [status] = await claims()
        const isDone = status === 'granted'
        expect((await find()).status).toBe(isDone ? 'no_show_consultant' : 'scheduled')
        const before = await told(/^no_show_claim_granted|^no_show$/)
        expect(before > 0).toBe(isDone)
        expect((await decide()).status).toBe(isDone ? 409 : 200)
        expect([await claims(), (await find()).status]).toEqual([['granted'], 'no_show_consultant'])
        const after = await told(/^no_show_claim_granted|^no_show$/)
        expect(isDone ? after : before).toBe(before)
        expect(after).toBeGreaterThan(0)
        return isDone
      },
    })
  })
})
