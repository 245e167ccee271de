import { invalidRequest } from '../refusal'
import { idPrefixes, type JsonObject } from '../stored-objects'
import { entryNow, find, type World } from '../world'
import { sequenceOf } from '../catalog'
import { listObjects } from './list-objects'

/** Which fields of an object hold the id of another one that can be put in its place. */
const expandable: Readonly<Record<string, readonly string[]>> = {
  'checkout.session': ['customer', 'payment_intent', 'setup_intent'],
  customer: ['invoice_settings.default_payment_method'],
  setup_intent: ['customer', 'payment_method'],
  payment_intent: ['customer', 'latest_charge', 'payment_method'],
  payment_method: ['customer'],
  charge: ['balance_transaction', 'customer', 'failure_balance_transaction', 'payment_intent'],
  refund: ['balance_transaction', 'charge', 'failure_balance_transaction', 'payment_intent'],
  balance_transaction: ['source'],
  dispute: ['charge', 'payment_intent'],
  payout: ['balance_transaction'],
  transfer: ['balance_transaction', 'destination', 'source_transaction'],
  transfer_reversal: ['balance_transaction', 'transfer'],
  capability: ['account'],
  price: ['product'],
  product: ['default_price'],
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const findById = (world: World, id: string): object | undefined => {
  const prefix = Object.entries(idPrefixes).find(([candidate]) => id.startsWith(candidate))
  const object = prefix && find(world, prefix[1], id)
  return object?.object === 'balance_transaction' ? entryNow(world, object) : object
}

/** Lists that Stripe leaves out until they are asked for. */
const includable = (world: World, object: JsonObject, field: string): object | undefined => {
  const id = String(object.id)
  if (object.object === 'checkout.session' && field === 'line_items') {
    const objects = sequenceOf(world.state.lineItems[id] ?? [])
    return listObjects({ url: `/v1/checkout/sessions/${id}/line_items`, objects, page: {}, fits: () => true })
  }
  if (object.object === 'charge' && field === 'refunds') {
    const objects = world.catalog.sequence('refunds', { charge: id })
    return listObjects({ url: `/v1/charges/${id}/refunds`, objects, page: {}, fits: (refund) => refund.charge === id })
  }
  return undefined
}

/** A part of an object that is no object of the API itself: its fields are named by `name.field`. */
type Part = { owner: string; name: string }

const expandPath = (
  world: World,
  value: unknown,
  { segments, path, part }: { segments: readonly string[]; path: string; part?: Part },
): unknown => {
  const [field, ...rest] = segments
  if (field === undefined) return value
  if (Array.isArray(value)) return value.map((item) => expandPath(world, item, { segments, path }))
  if (!isObject(value)) return value
  const isList = value.object === 'list' && field === 'data'
  const included = includable(world, value, field)
  const owner = part?.owner ?? String(value.object)
  const name = part ? `${part.name}.${field}` : field
  const known = expandable[owner] ?? []
  if (!isList && !included && known.some((candidate) => candidate.startsWith(`${name}.`))) {
    return { ...value, [field]: expandPath(world, value[field], { segments: rest, path, part: { owner, name } }) }
  }
  if (!isList && !included && !known.includes(name)) {
    throw invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' })
  }
  const current = included ?? value[field]
  const target = typeof current === 'string' ? (findById(world, current) ?? current) : current
  return { ...value, [field]: expandPath(world, target, { segments: rest, path }) }
}

/**
 * The answer with the asked for ids replaced by their objects.
 * @throws Refusal when a property cannot be expanded, or deeper than four levels.
 */
export const expandObject = (world: World, object: object, paths: readonly string[]): object =>
  paths.reduce<object>((value, path) => {
    const segments = path.split('.')
    if (segments.length > 4) {
      throw invalidRequest(`You cannot expand more than 4 levels of a property. Property: ${path}`, { param: 'expand' })
    }
    const result = expandPath(world, value, { segments, path })
    return isObject(result) ? result : value
  }, object)
