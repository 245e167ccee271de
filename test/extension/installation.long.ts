import { beforeAll, expect, it } from 'vitest'
import { openAdminAs } from '../support/admin-page'
import { createConsultant, createServiceType, createUser, guest, hourIn, iso } from '../support/fixtures'
import { openTestPayload } from '../support/payload'
import { copyProduct, type Ended, type ProductCopy } from '../support/product-copy'

/** What takes minutes: `npm run test:long`. */
const patience = 600_000

let copy: ProductCopy

const check = (): Promise<Ended> => copy.npx('node', { args: ['--import', 'tsx', 'src/database/check-migrations.ts'] })

beforeAll(async () => {
  copy = await copyProduct({ extensions: 'test/extension/extensions' })
  expect(await copy.npm('generate')).toMatchObject({ code: 0 })
}, patience)

it(
  'generates types that hold with what the extension adds, and changes nothing else of the product',
  async () => {
    const generated =
      /^(src\/extensions|docs\/generated)\/|^payload-types\.ts$|^src\/app\/_api\/openapi-types\.ts$|importMap\.js$/
    expect((await copy.listChanges()).filter((file) => !generated.test(file))).toEqual([])
    expect(await copy.read('payload-types.ts')).toContain('practiceOpponent?: string | null')
    expect(await copy.npm('typecheck')).toEqual({ code: 0, output: '' })
  },
  patience,
)

it(
  'shows the page, the widget and the fields of the example in the admin',
  async () => {
    const built = await copy.build()
    expect(built.code, built.output).toBe(0)
    const { payload, database } = await openTestPayload()
    const env = { DATABASE_URL: database.url }
    expect(await copy.npm('migrate', { env })).toMatchObject({ code: 0 })
    const status = await copy.npx('payload', { args: ['migrate:status'], env })
    expect(status.output).toMatch(/_example' +│ 2 +│ 'Yes'/)
    expect(status.output).not.toContain(`'No'`)
    // As a production runs: what is shown below comes from compiled files.
    const { url } = await copy.startWeb({ database, pages: true, compiled: true })

    const operations = await createUser(payload, ['operations'])
    const { profile } = await createConsultant(payload)
    const service = await createServiceType(payload, [profile])
    const booking = { consultant: profile.slug, serviceType: service.slug, start: iso(hourIn(7)) }
    const booked = await fetch(`${url}/api/booking/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...booking, customer: guest(), practiceOpponent: 'Globex' }),
    })
    expect(booked.status).toBe(201)
    const { docs } = await payload.find({ collection: 'scheduled-sessions', limit: 1 })
    const reference = docs[0]?.reference ?? ''

    const strangers = await (await fetch(`${url}/admin/practice-files`)).text()
    expect(strangers).not.toContain(reference)
    expect(strangers).toContain('/admin/login')

    const opened = await openAdminAs({ payload, url }, operations, '/practice-files')
    const { page } = opened
    await page.getByRole('heading', { name: 'Open files' }).waitFor()
    await page.getByText(`F-${reference} · against Globex`).waitFor()

    await page.goto(`${url}/admin`)
    await page.getByText('1 file is open.').waitFor()
    // The navigation is folded away once the page is alive.
    await page.locator('nav a[href="/admin/practice-files"]').waitFor({ state: 'attached' })

    await page.goto(`${url}/admin/collections/service-types/${service.id}`)
    await page.getByText('Area of law').first().waitFor()
    await page.goto(`${url}/admin/collections/scheduled-sessions/${docs[0]?.id ?? ''}`)
    expect(await page.getByLabel('Other party').first().inputValue()).toBe('Globex')
    await page.goto(`${url}/admin/collections/practice-files`)
    await page.getByText(`F-${reference}`).first().waitFor()
    expect(opened.faults).toEqual([])
  },
  patience,
)

it(
  'is told which command makes the extension’s migrations, and that Payload’s does not',
  async () => {
    expect(await check()).toEqual({ code: 0, output: 'The migrations are complete.\n' })
    await copy.edit(
      'src/extensions/collections/with-area.ts',
      'fields: [',
      `fields: [{ name: 'practiceLevel', type: 'text' },`,
    )
    expect(await check()).toEqual({
      code: 1,
      output:
        'The extension’s migrations are not complete: run `npm run migrate:create -- <name>`. It would write:\nALTER TABLE "service_types" ADD COLUMN "practice_level" varchar;\n',
    })
    const { code, output } = await copy.npx('payload', { args: ['migrate:create', 'level'] })
    expect(code).toBe(1)
    expect(output).toContain(
      'src/extensions/ adds to the product: `npm run migrate:create -- <name>` writes its migrations',
    )
    expect((await copy.listChanges()).filter((file) => file.startsWith('src/database/'))).toEqual([])
  },
  patience,
)

it(
  'is told when it is the product whose migrations are not complete',
  async () => {
    await copy.edit('collections/ServiceTypes.ts', 'fields: [', `fields: [textField('tagline'),`)
    expect(await check()).toMatchObject({
      code: 1,
      output: expect.stringContaining(
        'The product’s migrations are not complete: run `npx payload migrate:create <name>`. It would write:\nALTER TABLE "service_types" ADD COLUMN "tagline" varchar;\n',
      ) as string,
    })
    expect(await copy.npm('migrate:create', { args: ['level'] })).toMatchObject({
      code: 1,
      output: expect.stringContaining('The product’s own migrations are not complete') as string,
    })
  },
  patience,
)
