import type { PayloadRequest } from 'payload'
import { bookingFieldsOf, type BookableField } from '#database/fields/booking-field'

/** Fields on which rules of who reads a session or service type depend. */
const decisive = { 'scheduled-sessions': ['consultant', 'customer', 'status'], 'service-types': [] } as const

/**
 * What an installation has added to sessions or service types and wants to be answered, as far as whoever asks may read it. That they may see
 * the record itself has been decided. Costs nothing where nothing was added.
 * @param by the records, by one of their names. @returns the values by that name; a field that is not theirs to read is left out.
 */
export const readAddedFields = async (
  req: PayloadRequest,
  slug: 'scheduled-sessions' | 'service-types',
  by: { id: readonly string[] } | { slug: readonly string[] },
): Promise<ReadonlyMap<string, Record<string, unknown>>> => {
  const fields = bookingFieldsOf(slug, 'output')
  const [[name, keys] = ['id', []]] = Object.entries(by)
  if (!fields.length || !keys.length) return new Map()
  const wanted = [name, ...decisive[slug], ...fields.map((field) => field.name)]
  const { docs } = await req.payload.find({
    collection: slug,
    where: { [name]: { in: keys } },
    select: Object.fromEntries(wanted.map((one) => [one, true])),
    pagination: false,
    limit: 0,
    depth: 0,
    req,
  })
  const found = await Promise.all(
    docs.map(async (doc) => [String(Reflect.get(doc, name)), await readable(req, { doc, fields })] as const),
  )
  return new Map(found)
}

const readable = async (
  req: PayloadRequest,
  { doc, fields }: { doc: { id: string }; fields: readonly BookableField[] },
): Promise<Record<string, unknown>> => {
  const values: Record<string, unknown> = {}
  for (const { name, access } of fields) {
    const isReadable = (await access?.read?.({ req, id: doc.id, doc, data: doc, siblingData: doc })) ?? true
    if (isReadable) values[name] = Reflect.get(doc, name) ?? null
  }
  return values
}
