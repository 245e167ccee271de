import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Invoice } from '#payload-types'
import { connectTo } from '../../support/database'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { createCustomer, guest, iso } from '../../support/fixtures'
import { makeJobsDue } from '../../support/jobs'
import { book, type Booking, deliver, openRefundWorld, type RefundWorld, work } from '../../support/refund-world'

let world: RefundWorld

const year = new Date().getUTCFullYear()

beforeAll(async () => {
  world = await openRefundWorld()
  await world.payload.updateGlobal({
    slug: 'booking-settings',
    data: {
      invoiceIssuer: {
        name: 'Parley Experts Ltd.',
        address: '1 Long Street\nLondon',
        taxId: 'GB 123 4567 89',
        email: 'accounts@parley.example',
        footer: 'Exempt from VAT.',
      },
    },
  })
})

afterEach(() => expectSoundBooks(world.payload))

const paid = async (what: Parameters<typeof book>[1] = {}) => {
  const booking = await book(world, what)
  await booking.pay()
  return booking
}

const documentsOf = async ({ paymentId }: Booking): Promise<Invoice[]> => {
  const where = { payment: { equals: paymentId } }
  const found = await world.payload.find({ collection: 'invoices', where, depth: 0, sort: 'createdAt', limit: 20 })
  return found.docs
}

const numbersOf = async (prefix: string): Promise<number[]> => {
  const client = await connectTo(world.database)
  const { rows } = await client.query<{ number: string }>(`SELECT number FROM invoices WHERE number LIKE $1`, [
    `${prefix}-______`,
  ])
  return rows.map(({ number }) => Number(number.slice(-6))).sort((a, b) => a - b)
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1)

const readPdf = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetchBytes(path, headers)
  const document = await getDocumentProxy(new Uint8Array(response.slice(0)))
  const { text } = await extractText(document, { mergePages: true })
  // A line may end after the hyphen of a reference.
  return { text: text.replaceAll(/-\s+/g, '-'), meta: await getMeta(document), bytes: Buffer.from(response) }
}

/** The client reads texts; a file is read past it. */
const fetchBytes = async (path: string, headers: Record<string, string>): Promise<ArrayBuffer> => {
  const { createApiHandler } = await import('#server/api-handler')
  const handle = createApiHandler(world.payload)
  const response = await handle(new Request(`http://localhost:3000/api${path}`, { headers }), 'test')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  return response.arrayBuffer()
}

describe('an invoice', () => {
  it('is issued with the payment, as things were then', async () => {
    const customer = guest({ name: 'Łukasz Żółć' })
    const booking = await paid({ customer })
    const [invoice, ...others] = await documentsOf(booking)
    expect(others).toEqual([])
    expect(invoice).toMatchObject({
      kind: 'invoice',
      amount: 10_001,
      currency: 'GBP',
      billTo: { name: 'Łukasz Żółć', email: customer.email, company: null, address: [] },
      issuer: { name: 'Parley Experts Ltd.', taxId: 'GB 123 4567 89', footer: 'Exempt from VAT.' },
      refund: null,
    })
    expect(invoice?.number).toMatch(new RegExp(`^${year}-\\d{6}$`))
    expect(invoice?.description).toContain(booking.reference)
    expect(await booking.payment()).toMatchObject({
      invoice: { invoiceId: invoice?.number, url: expect.stringContaining(`${booking.path}/invoice.pdf`) },
    })
    const { payment } = await booking.read()
    expect(payment.invoiceUrl).toContain(`/api${booking.path}/invoice.pdf`)
    expect(payment.receiptUrl).toMatch(/^http/)
  })

  it('is a PDF that can be read, the same every time, whatever the settings say by now', async () => {
    const booking = await paid({ customer: guest({ name: 'Ayşe İğdır' }) })
    const first = await readPdf(`${booking.path}/invoice.pdf`, booking.auth)
    const number = (await booking.payment()).invoice?.invoiceId ?? ''
    for (const part of [
      'Ayşe İğdır',
      '£100.01',
      number,
      'Parley Experts Ltd.',
      'London',
      'Exempt from VAT.',
      booking.reference,
    ]) {
      expect(first.text).toContain(part)
    }
    expect(first.meta.info).toMatchObject({ Title: `Invoice ${number}`, Language: 'en-GB' })
    const client = await connectTo(world.database)
    await client.query(`UPDATE customers SET name = 'Somebody Else' WHERE email = $1`, [booking.customer.email])
    const second = await readPdf(`/payments/invoices/${number}.pdf?token=${booking.manageToken}`)
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0)
  })

  it('opens with the token of its mail, which opens nothing else', async () => {
    const booking = await paid()
    const { deriveToken } = await import('#shared/ids')
    const { settings } = await import('#settings')
    const { path: other } = await paid()
    const token = deriveToken(settings.payloadSecret, 'invoice-file', booking.path.split('/').at(-1) ?? '')
    const statusOf = async (path: string) => (await world.api.get(`${path}?token=${token}`)).status
    expect((await readPdf(`${booking.path}/invoice.pdf?token=${token}`)).text).toContain(booking.reference)
    expect(await statusOf(`${other}/invoice.pdf`)).toBe(404)
    expect(await statusOf(booking.path)).toBe(404)
    expect(await statusOf(`/booking/sessions/${booking.reference}`)).toBe(404)
    expect(await statusOf(`/booking/sessions/${booking.reference}/calendar.ics`)).toBe(404)
  })

  it('is for the customer and staff alone', async () => {
    const booking = await paid()
    const { user } = await createCustomer(world.payload)
    const stranger = await world.api.as(user)
    const number = (await booking.payment()).invoice?.invoiceId ?? ''
    for (const path of [`${booking.path}/invoice.pdf`, `/payments/invoices/${number}.pdf`]) {
      expect((await world.staff.get(path)).status).toBe(200)
      expect((await world.api.get(path, booking.auth)).status).toBe(200)
      for (const client of [world.api, world.host, stranger]) {
        expect((await client.get(path)).json).toMatchObject({ status: 404, code: 'not_found' })
      }
      expect((await world.api.get(`${path}?token=wrong`)).status).toBe(404)
    }
    expect((await world.host.get(booking.url)).json.payment).toMatchObject({ invoiceUrl: null, receiptUrl: null })
  })

  it('is the customer’s own by their login', async () => {
    const { customer, user } = await createCustomer(world.payload)
    const mine = await world.api.as(user)
    const booking = await paid({ customer: { ...guest(), name: customer.name, email: customer.email } })
    expect((await mine.get(`${booking.path}/invoice.pdf`)).status).toBe(200)
  })

  it('does not exist before the payment', async () => {
    const booking = await book(world)
    expect((await world.api.get(`${booking.path}/invoice.pdf`, booking.auth)).json).toMatchObject({ code: 'not_found' })
    expect((await booking.read()).payment).toMatchObject({ invoiceUrl: null, receiptUrl: null })
  })

  it('cannot be changed or deleted, by PostgreSQL itself', async () => {
    await paid()
    const client = await connectTo(world.database)
    await expect(client.query(`UPDATE invoices SET amount = 1`)).rejects.toThrow('append-only')
    await expect(client.query(`DELETE FROM invoices`)).rejects.toThrow('append-only')
  })

  it('of a captured payment is issued with the capture', async () => {
    const booking = await book(world, { requiresConfirmation: true })
    await booking.pay()
    expect(await documentsOf(booking)).toEqual([])
    await world.host.post(`${booking.url}/confirm`)
    await work(world)
    expect(await documentsOf(booking)).toMatchObject([{ kind: 'invoice' }])
  })
})

describe('what takes an invoice back', () => {
  it('is a credit note for each refund, and a debit note when the refund fails later', async () => {
    const booking = await paid()
    await world.staff.post(`${booking.path}/refunds`, { amount: 4_000, reason: 'Bad sound' })
    await work(world)
    const [refund] = await booking.refunds()
    world.stripe.control.failRefund(refund?.stripeRefundId ?? '')
    const failed = world.stripe.control.events('refund.failed').at(-1) ?? {}
    await deliver(world, failed)
    await work(world)
    const [invoice, credit, debit] = await documentsOf(booking)
    expect(credit).toMatchObject({ kind: 'credit_note', amount: 4_000, refund: refund?.id, corrects: invoice?.id })
    expect(debit).toMatchObject({ kind: 'debit_note', amount: 4_000, refund: refund?.id, corrects: credit?.id })
    expect(credit?.number).toMatch(new RegExp(`^CN-${year}-\\d{6}$`))
    expect(debit?.number).toMatch(new RegExp(`^DN-${year}-\\d{6}$`))
    const pdf = await readPdf(`/payments/invoices/${credit?.number}.pdf`, booking.auth)
    for (const part of ['Credit note', invoice?.number ?? '', '£40.00']) expect(pdf.text).toContain(part)
    expect((await readPdf(`/payments/invoices/${debit?.number}.pdf`, booking.auth)).text).toContain(
      credit?.number ?? '',
    )

    // Stripe repeats itself.
    await deliver(world, { ...failed, id: 'evt_again' })
    await work(world)
    expect(await documentsOf(booking)).toHaveLength(3)
  })
})

describe('numbers', () => {
  it('one after the other have no gap', async () => {
    for (let n = 0; n < 2; n++) await paid()
    const numbers = await numbersOf(String(year))
    expect(numbers).toEqual(upTo(numbers.length))
  })

  it('at the same time have no gap and no double', async () => {
    const before = (await numbersOf(String(year))).length
    const bookings: Booking[] = []
    for (let n = 0; n < 8; n++) bookings.push(await book(world))
    for (const booking of bookings) booking.payAtStripe()
    // Each is asked for twice, as the webhook and the page do.
    await Promise.all(
      [...bookings, ...bookings].map(({ url, auth }) => world.api.post(`${url}/payment/refresh`, {}, auth)),
    )
    expect(await numbersOf(String(year))).toEqual(upTo(before + 8))
    await Promise.all(
      bookings.map(({ path }) => world.staff.post(`${path}/refunds`, { amount: 100, reason: 'Bad sound' })),
    )
    await work(world)
    const credits = await numbersOf(`CN-${year}`)
    expect(credits).toEqual(upTo(credits.length))
  })

  it('of a restored database are of series of their own: none is one that was given out after the backup', async () => {
    const client = await connectTo(world.database)
    const { renewNumbers } = await import('#database/facts-of-backups')
    const before = await numbersOf(String(year))
    const numbersAfter = async (restoredAt: string) => {
      await renewNumbers(client, restoredAt)
      const booking = await paid()
      await world.staff.post(`${booking.path}/refunds`, { amount: 100, reason: 'Bad sound' })
      await work(world)
      return (await documentsOf(booking)).map(({ number }) => number)
    }
    expect(await numbersAfter(`${year}-01-02T03:04:00Z`)).toEqual([
      `${year}R01020304-000001`,
      `CN-${year}R01020304-000001`,
    ])
    expect(await numbersAfter(`${year}-01-02T03:05:00Z`)).toEqual([
      `${year}R01020305-000001`,
      `CN-${year}R01020305-000001`,
    ])
    expect(await numbersOf(String(year))).toEqual(before)
    await client.query(`DELETE FROM parley.facts WHERE key = 'restored_numbers'`)
  })

  it('are given back by what is rolled back', async () => {
    const before = (await numbersOf(String(year))).length
    const booking = await book(world)
    booking.payAtStripe()
    const client = await connectTo(world.database)
    // The last write of the transaction fails.
    await client.query(`ALTER TABLE payments ADD CONSTRAINT test_no_invoice CHECK (invoice_url IS NULL) NOT VALID`)
    const failed = await world.api.post(`${booking.url}/payment/refresh`, {}, booking.auth)
    expect(failed.status).toBeGreaterThanOrEqual(400)
    expect(await booking.payment()).toMatchObject({ status: 'pending' })
    await client.query(`ALTER TABLE payments DROP CONSTRAINT test_no_invoice`)
    await world.api.post(`${booking.url}/payment/refresh`, {}, booking.auth)
    expect(await numbersOf(String(year))).toEqual(upTo(before + 1))
  })
})

/** What Stripe's balance says that it kept of the charge. */
const feeAtStripe = async (booking: Booking): Promise<number> => {
  const { chargeId } = (await booking.payment()).stripe ?? {}
  const entries = Object.values(world.stripe.control.tables().balance_transactions)
  const fee = entries.find(({ source }) => source === chargeId)?.fee ?? 0
  expect(fee).toBeGreaterThan(0)
  return fee
}

describe('what Stripe keeps', () => {
  it('is booked with the charge, once, in the currency of the balance', async () => {
    const booking = await paid({ amount: 10_001, currency: 'JPY' })
    await world.staff.post(`${booking.path}/refresh`)
    const fee = await feeAtStripe(booking)
    expect(await booking.payment()).toMatchObject({ stripeFeeAmount: fee, stripeFeeCurrency: 'JPY' })
    expect((await booking.ledger()).filter(([kind]) => kind === 'stripe_fee')).toEqual([['stripe_fee', -fee, 'JPY']])
  })

  it('of a bank debit is booked when it is known', async () => {
    const booking = await paid()
    const client = await connectTo(world.database)
    // As it is while the charge has no entry in the balance yet.
    await client.query(`ALTER TABLE ledger_entries DISABLE TRIGGER ledger_entries_append_only`)
    await client.query(`DELETE FROM ledger_entries WHERE kind = 'stripe_fee' AND payment_id = $1`, [booking.paymentId])
    await client.query(`ALTER TABLE ledger_entries ENABLE TRIGGER ledger_entries_append_only`)
    const forget = `UPDATE payments SET stripe_fee_amount = NULL, stripe_fee_currency = NULL, updated_at = $2 WHERE id = $1`
    await client.query(forget, [booking.paymentId, iso(Date.now() - 2 * 3_600_000)])
    const { sweep } = await import('#worker/sweep')
    await sweep(world.payload)
    await makeJobsDue(world.database, 'look-up-stripe-fee')
    await work(world)
    const fee = await feeAtStripe(booking)
    expect(await booking.payment()).toMatchObject({ stripeFeeAmount: fee, stripeFeeCurrency: 'GBP' })
    const { chargeId } = (await booking.payment()).stripe ?? {}
    const updated = {
      id: 'evt_charge_updated',
      object: 'event',
      type: 'charge.updated',
      api_version: null,
      livemode: false,
    }
    await deliver(world, { ...updated, created: 1, data: { object: { id: chargeId } } })
    await work(world)
    expect((await booking.ledger()).filter(([kind]) => kind === 'stripe_fee')).toEqual([['stripe_fee', -fee, 'GBP']])
  })
})
