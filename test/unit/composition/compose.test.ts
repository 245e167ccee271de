import { buildConfig, type CollectionConfig, type Config, type Endpoint, type Field, type Plugin } from 'payload'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bookingField } from '#database/fields/booking-field'
import { json } from '#endpoints/support/answer'
import { defineEndpoint } from '#endpoints/support/define-endpoint'
import { parley } from '#parley'
import type { ParleyOptions } from '#parley-options'

const endpointAt = (path: `/${string}`, operationId = 'teaMenu', method: 'get' | 'post' = 'get') =>
  defineEndpoint({
    method,
    path,
    operationId,
    tag: 'Tea',
    summary: 'Tea',
    answers: { 200: { description: 'Tea', schema: z.object({}) } },
    refusals: [],
    handle: () => json({}),
  })

type Change = (standard: CollectionConfig) => CollectionConfig

const changing = (change: Change, slug = 'scheduled-sessions'): ParleyOptions => ({ collections: { [slug]: change } })

const adding =
  (...fields: Field[]): Change =>
  (standard) => ({ ...standard, fields: [...standard.fields, ...fields] })

/** The same fields with one of them, wherever it lies, made into another or left away. */
const withField =
  (name: string, change: (field: Field) => Field[]): Change =>
  (standard) => {
    const within = (fields: Field[]): Field[] =>
      fields.flatMap((field): Field[] => {
        if (field.type === 'tabs')
          return [{ ...field, tabs: field.tabs.map((tab) => ({ ...tab, fields: within(tab.fields) })) }]
        if ('name' in field && field.name === name) return change(field)
        return 'fields' in field ? [{ ...field, fields: within(field.fields) }] : [field]
      })
    return { ...standard, fields: within(standard.fields) }
  }

const collection = (more: Partial<CollectionConfig> = {}): CollectionConfig => ({
  slug: 'tea-houses',
  fields: [{ name: 'name', type: 'text' }],
  ...more,
})

const added = (one: CollectionConfig, slug = one.slug): ParleyOptions => ({ collections: { [slug]: one } })

const plainEndpoint: Endpoint = { method: 'get', path: '/x', handler: () => Response.json({}) }

const refusals: [what: string, options: ParleyOptions, message: RegExp][] = [
  [
    'an unknown slug',
    changing((standard) => standard, 'scheduled-sesions'),
    /no collection "scheduled-sesions".*scheduled-sessions/,
  ],
  [
    'a product slug given as it is',
    added(collection({ slug: 'customers' })),
    /"customers" is the product's: give a function/,
  ],
  ['a slug that is not the key', added(collection(), 'tea'), /"tea" says that its slug is "tea-houses"/],
  ['a slug that is an address', added(collection({ slug: 'booking' })), /"booking": that name is taken/],
  ['a slug of Payload', added(collection({ slug: 'payload-teas' })), /"payload-teas" needs another slug/],
  ['a plain endpoint', added(collection({ endpoints: [plainEndpoint] })), /Define them by defineEndpoint/],
  ['another slug', changing((standard) => ({ ...standard, slug: 'sessions' })), /changes slug/],
  [
    'a field that is dropped',
    changing(withField('cancellation', () => [])),
    /drops the field cancellation; drops the field cancellation\.by/,
  ],
  [
    'another type',
    changing(withField('customerNotes', (field) => [{ ...field, type: 'text' } as Field])),
    /customerNotes changes type/,
  ],
  [
    'another target',
    changing(withField('customer', (field) => [{ ...field, relationTo: 'users' } as Field])),
    /customer changes relationTo/,
  ],
  [
    'a rule of a field that is dropped',
    changing(withField('internalNotes', (field) => [{ ...field, access: {} } as Field])),
    /internalNotes drops the rule of access for create/,
  ],
  [
    'a check that is dropped',
    changing(withField('amount', (field) => [{ ...field, validate: undefined } as Field])),
    /price\.amount drops its check/,
  ],
  [
    'an option that is dropped',
    changing(withField('urgency', (field) => [{ ...field, options: ['asap'] } as Field])),
    /urgency drops the option today/,
  ],
  [
    'a mark of ours that is dropped',
    changing(withField('endsAt', (field) => [{ ...field, custom: {} }])),
    /endsAt drops custom\.filledByGuard/,
  ],
  [
    'a hook that is dropped',
    changing((standard) => ({ ...standard, hooks: { beforeChange: [({ data }): unknown => data] } })),
    /drops a hook of beforeOperation.*beforeChange.*afterChange/,
  ],
  [
    'a rule of access that is dropped',
    changing(({ access: _access, ...standard }) => standard),
    /drops the rule of access for create; .*delete/,
  ],
  [
    'what rules depend on',
    changing(({ forceSelect: _select, ...standard }) => standard),
    /drops forceSelect\.consultant/,
  ],
  [
    'versions, which direct writes do not make',
    changing((standard) => ({ ...standard, versions: true })),
    /changes versions/,
  ],
  [
    'a required field without a value for what is stored',
    changing(adding({ name: 'room', type: 'text', required: true })),
    /room is required and has no fixed defaultValue/,
  ],
  [
    'a plain endpoint on a collection of the product',
    changing((standard) => ({ ...standard, endpoints: [plainEndpoint] })),
    /"scheduled-sessions" has endpoints of its own/,
  ],
  [
    'an endpoint that is dropped',
    changing((standard) => ({ ...standard, endpoints: false }), 'users'),
    /drops the endpoint post \/first-register/,
  ],
  ['an unknown global', { globals: { 'tea-settings': (standard) => standard } }, /no global "tea-settings"/],
  [
    'a global named like a collection',
    { globals: { customers: { slug: 'customers', fields: [] } } },
    /Global "customers": that name is taken/,
  ],
  [
    'an endpoint that is there',
    { endpoints: [endpointAt('/booking/slots')] },
    /GET \/booking\/slots is taken by listSlots/,
  ],
  ['an endpoint behind another one', { endpoints: [endpointAt('/booking/sessions/mine')] }, /is taken by getSession/],
  [
    'an endpoint with other names for the same',
    { endpoints: [endpointAt('/booking/sessions/:id')] },
    /is taken by getSession/,
  ],
  [
    'an endpoint on a collection',
    { endpoints: [endpointAt('/users/login', 'x', 'post')] },
    /in the way of \/api\/users/,
  ],
  ['an endpoint on GraphQL', { endpoints: [endpointAt('/graphql', 'x', 'post')] }, /in the way of \/api\/graphql/],
  ['an endpoint for everything', { endpoints: [endpointAt('/:anything')] }, /begins with a name of its own/],
  ['an operationId that is taken', { endpoints: [endpointAt('/tea', 'createSession')] }, /another operationId/],
  [
    'two endpoints at one address',
    { endpoints: [endpointAt('/tea', 'one'), endpointAt('/tea', 'two')] },
    /taken by one/,
  ],
  ['a view that is there', { admin: { views: { money: { Component: '/x', path: '/more' } } } }, /a view "money"/],
  [
    'the address of a view',
    { admin: { views: { cash: { Component: '/x', path: '/money/more' } } } },
    /cannot lie at \/admin\/money\/more/,
  ],
  [
    'an address of Payload',
    { admin: { views: { cash: { Component: '/x', path: '/collections/tea' } } } },
    /cannot lie at/,
  ],
  [
    'a widget that is there',
    { admin: { widgets: [{ slug: 'collections', Component: '/x' }] } },
    /a widget "collections"/,
  ],
  [
    'a widget of the product',
    { admin: { widgets: [{ slug: 'waiting-for', Component: '/x' }] } },
    /a widget "waiting-for"/,
  ],
]

describe('what cannot be composed is refused at the start:', () => {
  it.each(refusals)('%s', (_, options, message) => {
    expect(() => parley(options)).toThrow(message)
  })

  const pluginWith =
    (more: (config: Parameters<Plugin>[0]) => Partial<Parameters<Plugin>[0]>): Plugin =>
    (config) => ({ ...config, ...more(config) })

  const late: [what: string, options: ParleyOptions, message: RegExp][] = [
    ['a collection with logins', added(collection({ auth: true })), /"tea-houses" has logins/],
    [
      'a plugin that takes a collection away',
      {
        plugins: [
          pluginWith(({ collections = [] }) => ({ collections: collections.filter(({ slug }) => slug !== 'refunds') })),
        ],
      },
      /took away what the product needs: the collections refunds/,
    ],
    [
      'what a plugin adds that wants to be the last',
      {
        plugins: [
          Object.assign(
            pluginWith(({ collections = [] }) => ({ collections: [...collections, collection({ auth: true })] })),
            { order: Number.POSITIVE_INFINITY },
          ),
        ],
      },
      /"tea-houses" has logins/,
    ],
    [
      'a plugin that drops hooks',
      {
        plugins: [
          pluginWith(({ collections = [] }) => ({ collections: collections.map((one) => ({ ...one, hooks: {} })) })),
        ],
      },
      /drops a hook of/,
    ],
    [
      'a plugin that takes the address of an endpoint',
      {
        plugins: [
          pluginWith(({ endpoints = [] }) => ({
            endpoints: [...endpoints, { ...plainEndpoint, path: '/booking/slots' }],
          })),
        ],
      },
      /GET \/booking\/slots, which is there already/,
    ],
    ['a field that every object has', changing(adding({ name: 'constructor', type: 'text' })), /called "constructor"/],
    [
      'a field in the column of a relation',
      changing(adding({ name: 'customerId', type: 'text' })),
      /customerId and customer would be one column, customer_id/,
    ],
    [
      'a field in the column of a group',
      changing(adding(bookingField({ name: 'price_amount', type: 'number' }))),
      /price_amount and price\.amount would be one column/,
    ],
    [
      'a field in the column of another one',
      changing(adding(bookingField({ name: 'starts_at', type: 'date' }))),
      /starts_at and startsAt would be one column/,
    ],
    [
      'two fields of a new collection in one column',
      added(
        collection({
          fields: [
            { name: 'guest', type: 'relationship', relationTo: 'customers' },
            { name: 'guestId', type: 'text' },
          ],
        }),
      ),
      /guestId and guest would be one column/,
    ],
    ['an id of another kind', changing(adding({ name: 'id', type: 'number' })), /id of the product's kind/],
    [
      'a plugin that takes an endpoint’s place on a collection',
      {
        plugins: [
          pluginWith(({ collections = [] }) => ({
            collections: collections.map((one) =>
              one.slug === 'users' ? { ...one, endpoints: [plainEndpoint, ...(one.endpoints || [])] } : one,
            ),
          })),
        ],
      },
      /puts another before it/,
    ],
    [
      'a booking field in a group',
      changing(adding({ name: 'tea', type: 'group', fields: [bookingField({ name: 'kind', type: 'text' })] })),
      /tea\.kind of "scheduled-sessions" lies in a group/,
    ],
    [
      'a booking field with a taken name',
      changing(adding(bookingField({ name: 'notes', type: 'text' }))),
      /notes of .* needs another name/,
    ],
    [
      'a booking field that the document cannot describe',
      changing(adding(bookingField({ name: 'about', type: 'relationship', relationTo: ['users', 'customers'] }))),
      /about of .* cannot stand in the booking API/,
    ],
    [
      'a booking field elsewhere',
      changing(adding(bookingField({ name: 'tea', type: 'text' })), 'customers'),
      /no matter of the booking API: bookingField is for scheduled-sessions and service-types/,
    ],
  ]

  it.each(late)('%s', async (_, options, message) => {
    await expect(buildConfig(parley(options))).rejects.toThrow(message)
  })
})

describe('what is composed', () => {
  it('is the product where nothing is given', () => {
    const { collections, endpoints } = parley()
    expect(collections?.map(({ slug }) => slug)).toEqual(
      expect.arrayContaining(['users', 'scheduled-sessions', 'payments']),
    )
    expect(endpoints?.length).toBeGreaterThan(60)
  })

  it('shows added views to nobody who is not logged in, whoever added them', async () => {
    const view = { path: '/tea', Component: '/src/extensions/tea#Tea' } as const
    const plugin = (config: Config): Config => ({
      ...config,
      admin: {
        ...config.admin,
        components: {
          ...config.admin?.components,
          views: {
            ...config.admin?.components?.views,
            pluginTea: { path: '/plugin-tea', Component: { path: '/x', exportName: 'Y' } },
          },
        },
      },
    })
    const { admin } = await buildConfig(parley({ admin: { views: { tea: view } }, plugins: [plugin] }))
    const { views } = admin.components
    for (const [name, shown] of Object.entries({ tea: view.Component, pluginTea: { path: '/x', exportName: 'Y' } })) {
      expect(views?.[name]?.Component).toMatchObject({
        path: expect.stringContaining('guarded-view#GuardedView') as string,
        serverProps: { view: shown },
      })
    }
    expect(Object.values(admin.dependencies ?? {}).map(({ path }) => path)).toEqual(['/src/extensions/tea#Tea', '/x#Y'])
    expect(JSON.stringify(views?.money)).not.toContain('GuardedView')
  })

  it('may change how a field looks, and put more beside it', () => {
    const change = withField('urgency', (field) => [
      { ...field, label: 'How soon', admin: { description: 'x' } } as Field,
      { name: 'room', type: 'text' },
    ])
    expect(() => parley(changing(change))).not.toThrow()
  })

  it('is not changed by who puts something into the standard one', () => {
    const pushing =
      (room: Field): Change =>
      (standard) => {
        standard.fields.push(room)
        return standard
      }
    expect(() => parley(changing(pushing({ name: 'room', type: 'text', required: true })))).toThrow(/room is required/)
    const fieldsOf = (options?: ParleyOptions) =>
      parley(options).collections?.find(({ slug }) => slug === 'scheduled-sessions')?.fields ?? []
    const before = fieldsOf().length
    expect(fieldsOf(changing(pushing({ name: 'room', type: 'text' })))).toHaveLength(before + 1)
    expect(fieldsOf()).toHaveLength(before)
  })
})
