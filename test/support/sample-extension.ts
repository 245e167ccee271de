import type { CollectionAfterChangeHook, CollectionBeforeChangeHook, CollectionSlug, Plugin } from 'payload'
import { z } from 'zod'
import type { ParleyOptions } from '#parley-options'
import type { ScheduledSession } from '#payload-types'

// The generated types know the collections of the product alone.
export const teaHouses = 'tea-houses' as CollectionSlug
const teaOrders = 'tea-orders' as CollectionSlug

type Session = ScheduledSession & { room?: string; tea?: string }

/** What the hooks of the extension have seen, and whether they refuse. */
export const sample = {
  seen: [] as { when: 'beforeChange' | 'afterChange'; doc: Partial<Session>; previous: Partial<Session> | undefined }[],
  fieldHooks: [] as string[],
  refuses: false,
}

const refuseOrNote: CollectionBeforeChangeHook<Session> = ({ data, originalDoc }) => {
  if (sample.refuses) throw new Error('Not on this day.')
  sample.seen.push({ when: 'beforeChange', doc: { ...data }, previous: originalDoc })
  return data
}

const note: CollectionAfterChangeHook<Session> = ({ doc, previousDoc }) => {
  sample.seen.push({ when: 'afterChange', doc, previous: previousDoc })
  return doc
}

/** As somebody else's package would: a collection, a plain route of its own and one on the collection. */
const plugin: Plugin = (config) => ({
  ...config,
  maxDepth: 50,
  onInit: () => undefined,
  graphQL: { maxComplexity: 1_000_000 },
  collections: [
    ...(config.collections ?? []),
    {
      slug: 'plugin-notes',
      fields: [{ name: 'text', type: 'text' }],
      endpoints: [{ method: 'post', path: '/shout', handler: async (req) => Response.json(await req.json?.()) }],
    },
  ],
  endpoints: [
    ...(config.endpoints ?? []),
    { method: 'get', path: '/plugin/ping', handler: () => Response.json({ pong: true }) },
    { method: 'get', path: '/plugin/silent', handler: () => undefined as never },
    {
      method: 'get',
      path: '/plugin/fault',
      handler: () => {
        throw new Error('Its database is called hunter2.')
      },
    },
  ],
})

/** An extension that touches what an extension can touch. What it imports reads the settings, hence only when it is asked for. */
export const sampleExtension = async (): Promise<ParleyOptions> => {
  const [{ bookingField }, { defineCommand, defineEndpoint }, { json }, { participantField, staffOnly }] =
    await Promise.all([
      import('#database/fields/booking-field'),
      import('#endpoints/support/define-endpoint'),
      import('#endpoints/support/answer'),
      import('#access/field-access'),
    ])
  return {
    collections: {
      'service-types': (standard) => ({
        ...standard,
        fields: [
          ...standard.fields,
          bookingField({ name: 'floor', type: 'number', min: 0 }, { input: false }),
          bookingField({ name: 'margin', type: 'number', access: staffOnly }, { input: false }),
          { name: 'internalCode', type: 'text' },
        ],
      }),
      'scheduled-sessions': (standard) => ({
        ...standard,
        hooks: {
          ...standard.hooks,
          beforeChange: [...(standard.hooks?.beforeChange ?? []), refuseOrNote],
          afterChange: [...(standard.hooks?.afterChange ?? []), note],
        },
        fields: [
          ...standard.fields,
          {
            type: 'row',
            fields: [
              bookingField({
                name: 'room',
                type: 'text',
                maxLength: 20,
                defaultValue: 'lobby',
                validate: (value: unknown) => value !== 'cellar' || 'The cellar is closed.',
                hooks: {
                  beforeValidate: [
                    ({ value }) => {
                      sample.fieldHooks.push('beforeValidate')
                      return typeof value === 'string' ? value.toLowerCase() : value
                    },
                  ],
                  beforeChange: [
                    ({ value }) => {
                      sample.fieldHooks.push('beforeChange')
                      return value
                    },
                  ],
                  afterChange: [
                    () => {
                      sample.fieldHooks.push('afterChange')
                    },
                  ],
                },
              }),
            ],
          },
          bookingField({ name: 'tea', type: 'select', options: ['green', 'black'] }, { output: false }),
          bookingField({ name: 'seats', type: 'number', min: 1, max: 4 }),
          bookingField({ name: 'step', type: 'checkbox', defaultValue: false }),
          bookingField({ name: 'extras', type: 'json' }),
          bookingField({ name: 'arrival', type: 'date' }),
          bookingField({ name: 'discountCode', type: 'text', access: staffOnly }),
          bookingField({ name: 'whisper', type: 'text', access: { read: participantField } }),
          { name: 'bill', type: 'group', fields: [{ name: 'number', type: 'text', defaultValue: 'none yet' }] },
        ],
      }),
      'tea-orders': {
        slug: 'tea-orders',
        enableQueryPresets: true,
        hooks: { afterChange: [({ doc }) => doc as unknown] },
        fields: [
          { name: 'label', type: 'text', required: true },
          { name: 'session', type: 'relationship', relationTo: 'scheduled-sessions' },
          { name: 'group', type: 'group', fields: [{ name: 'part', type: 'text' }] },
        ],
      },
      'tea-houses': {
        slug: 'tea-houses',
        access: { read: () => true },
        versions: true,
        fields: [
          { name: 'name', type: 'text', required: true },
          { name: 'parent', type: 'relationship', relationTo: teaHouses },
          { name: 'host', type: 'relationship', relationTo: 'scheduled-sessions' },
          { name: 'branches', type: 'join', collection: teaHouses, on: 'parent', defaultLimit: 0 },
        ],
      },
    },
    globals: {
      'tea-settings': { slug: 'tea-settings', fields: [{ name: 'water', type: 'text' }] },
    },
    endpoints: [
      defineEndpoint({
        method: 'get',
        path: '/tea/menu',
        operationId: 'getTeaMenu',
        tag: 'Tea',
        summary: 'What there is',
        query: z.strictObject({ undeclared: z.string().optional() }),
        answers: { 200: { description: 'All teas', schema: z.object({ docs: z.array(z.string()) }) } },
        refusals: [],
        limit: 'book',
        handle: ({ query }) => json({ docs: ['green'], ...(query.undeclared ? { secret: true } : {}) }),
      }),
      defineEndpoint({
        method: 'get',
        path: '/tea/today',
        operationId: 'getTeaOfToday',
        tag: 'Tea',
        summary: 'What there is today; names no limit',
        answers: { 200: { description: 'One tea', schema: z.object({ tea: z.string() }) } },
        refusals: [],
        handle: () => json({ tea: 'black' }),
      }),
      defineCommand({
        method: 'post',
        path: '/tea/orders',
        operationId: 'orderTea',
        tag: 'Tea',
        summary: 'Order some',
        body: z.strictObject({ label: z.string() }),
        answers: { 201: { description: 'Ordered', schema: z.object({ id: z.string() }) } },
        refusals: [],
        limit: 'book',
        handle: async ({ req, body }) => {
          const order = await req.payload.create({ collection: teaOrders, data: body as never, req })
          return { answer: json({ id: order.id }, { status: 201 }) }
        },
      }),
    ],
    admin: {
      views: { tea: { Component: '/src/extensions/tea#Tea', path: '/tea' } },
      widgets: [{ slug: 'tea-today', Component: '/src/extensions/tea#TeaToday' }],
      navLinks: ['/src/extensions/tea#TeaLink'],
    },
    plugins: [plugin],
  }
}
