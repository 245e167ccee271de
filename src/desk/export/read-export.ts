import { APIError, type PayloadRequest, QueryError, type Where } from 'payload'
import type { AttributeSubject } from '#attributes/attribute-kinds'
import { withTransaction } from '#database/transactions'
import { DomainError } from '#shared/errors'
import type { ExportedRecord } from './export-columns'

/** The most records that one file holds. */
export const maxExportRows = 10_000

/** How many are read at once: as many as any list hands out. */
const pageSize = 200

/** What is shown of a relation. */
const populate = {
  customers: { name: true, email: true },
  'consultant-profiles': { name: true },
  'service-types': { name: true },
} as const

const defaultOrder: Readonly<Record<AttributeSubject, string>> = {
  'scheduled-sessions': '-startsAt',
  customers: 'name',
  'consultant-profiles': 'name',
  'service-types': 'name',
}

type Wanted<Subject extends AttributeSubject> = {
  subject: Subject
  where: Where | undefined
  /** Field names, with `-` before those in falling order. */
  sort: readonly string[] | undefined
}

/**
 * All records of a list that meet the conditions and that the caller may read, as they stood at one moment. Consultants as their newest
 * draft, which is what their list shows, but for what is sorted by an attribute.
 * @throws DomainError `invalid_request` when a condition or the order names what cannot be asked for, or too many meet them.
 */
export const readExport = async <Subject extends AttributeSubject>(
  req: PayloadRequest,
  wanted: Wanted<Subject>,
): Promise<ExportedRecord<Subject>[]> =>
  withTransaction(
    req,
    async (tx) => {
      const records: ExportedRecord<Subject>[] = []
      for (let page = 1, isMore = true; isMore; page++) {
        const found = await findPage(tx, wanted, page).catch(refuseUnknownPath)
        if (found.totalDocs > maxExportRows) refuseSize(found.totalDocs)
        // With relations populated these are whole records of that collection, which Payload's generic type does not say.
        records.push(...(found.docs as unknown as ExportedRecord<Subject>[]))
        isMore = found.hasNextPage
      }
      return records
    },
    { isolationLevel: 'repeatable read' },
  )

const isAttribute = (path: string): boolean => /^-?attributes(\.|__)/.test(path.trim())

const findPage = <Subject extends AttributeSubject>(
  req: PayloadRequest,
  { subject, where, sort = [defaultOrder[subject]] }: Wanted<Subject>,
  page: number,
) => {
  const isByAttribute = sort.some(isAttribute)
  return req.payload.find({
    collection: subject,
    ...(where === undefined ? {} : { where }),
    // Pages need an order in which no two records stand at the same place; that by an attribute is one, and stands alone.
    sort: isByAttribute ? [...sort] : [...sort, 'id'],
    ...(subject === 'consultant-profiles' && !isByAttribute ? { draft: true } : {}),
    depth: 1,
    populate,
    limit: pageSize,
    page,
    overrideAccess: false,
    user: req.user,
    req,
  })
}

const refuseSize = (count: number): never => {
  throw new DomainError(
    'invalid_request',
    `${count} records are too many for one file. Filter the list so that at most ${maxExportRows} are left.`,
    { errors: [{ path: 'where', message: `leaves more than ${maxExportRows} records` }] },
  )
}

const refuseUnknownPath = (error: unknown): never => {
  if (error instanceof QueryError || (error instanceof APIError && error.status === 400)) {
    throw new DomainError('invalid_request', error.message, { cause: error })
  }
  throw error
}
