import { beforeAll, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { createConsultant, createServiceType, guest, iso } from '../../support/fixtures'
import { type MessageWorld, nextStart, openMessageWorld, work, confirmAddress } from '../../support/message-world'

let world: MessageWorld
let consultant: ConsultantProfile
let serviceType: ServiceType

beforeAll(async () => {
  world = await openMessageWorld()
  const { payload } = world
  consultant = (await createConsultant(payload)).profile
  serviceType = await createServiceType(payload, [consultant])
  const isInMessages = true
  const subject = 'scheduled-sessions' as const
  const options = [
    { value: 'red', label: 'Rot wie Wein' },
    { value: 'blue', label: 'Blau' },
  ]
  const asked = { subject, isInMessages, writableBy: ['customer' as const] }
  for (const data of [
    { ...asked, key: 'goal', label: 'Ziel', type: 'text' as const, readableBy: ['public' as const] },
    { ...asked, key: 'budget', label: 'Budget', type: 'number' as const, readableBy: ['customer' as const] },
    { ...asked, key: 'due', label: 'Termin', type: 'date' as const, readableBy: ['customer' as const] },
    { ...asked, key: 'isNew', label: 'Neu?', type: 'checkbox' as const, readableBy: ['customer' as const] },
    {
      ...asked,
      key: 'colours',
      label: 'Farben',
      type: 'multi_select' as const,
      options,
      readableBy: ['customer' as const],
    },
    { ...asked, key: 'forHost', label: 'Vertraulich', type: 'text' as const, readableBy: ['consultant' as const] },
    {
      ...asked,
      key: 'unsaid',
      label: 'Ungesagt',
      type: 'text' as const,
      readableBy: ['public' as const],
      isInMessages: false,
    },
    {
      subject: 'service-types' as const,
      key: 'bring',
      label: 'Mitbringen',
      type: 'text' as const,
      readableBy: ['public' as const],
      isInMessages,
    },
    { subject: 'service-types' as const, key: 'cost', label: 'Selbstkosten', type: 'text' as const, isInMessages },
  ]) {
    await payload.create({ collection: 'custom-attributes', data })
  }
  await payload.update({
    collection: 'service-types',
    id: serviceType.id,
    data: { attributes: { bring: 'a <b>pen</b>', cost: '12' } },
  })
})

it('mails about a session tell each side the attributes that it may read, as it writes them', async () => {
  const { api, resend } = world
  const customer = { ...guest(), language: 'de' }
  const answer = await api.post('/booking/sessions', {
    ...{ consultant: consultant.slug, serviceType: serviceType.slug, start: iso(nextStart()), customer },
    attributes: {
      ...{ goal: 'Mehr Umsatz', budget: 12500.5, due: '2027-03-01', isNew: false },
      ...{ colours: ['blue', 'red'], forHost: 'nur für Sie', unsaid: 'Schweigen' },
    },
  })
  expect(answer.status, answer.text).toBe(201)
  await confirmAddress(world, customer.email)
  await work(world)
  const textTo = (email: string) => {
    const [mail] = resend.control.emails(email)
    return mail?.text ?? ''
  }
  const toCustomer = textTo(customer.email)
  expect(toCustomer).toContain('Ziel')
  expect(toCustomer).toContain('Mehr Umsatz')
  expect(toCustomer).toContain('12.500,5')
  expect(toCustomer).toContain('Montag, 1. März 2027')
  expect(toCustomer).toMatch(/Neu\?[^\n]*\s+Nein|Neu\?: Nein/)
  expect(toCustomer).toContain('Rot wie Wein')
  expect(toCustomer).toContain('a <b>pen</b>')
  for (const unread of ['Vertraulich', 'nur für Sie', 'Ungesagt', 'Selbstkosten'])
    expect(toCustomer).not.toContain(unread)
  const toConsultant = textTo(consultant.email ?? '')
  expect(toConsultant).toContain('nur für Sie')
  expect(toConsultant).toContain('Mehr Umsatz')
  for (const unread of ['Budget', 'Termin', 'Farben', 'Selbstkosten']) expect(toConsultant).not.toContain(unread)
  const [mail] = resend.control.emails(customer.email)
  expect(mail?.html).toContain('a &lt;b&gt;pen&lt;/b&gt;')
})
