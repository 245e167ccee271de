import {
  type CollectionBeforeOperationHook,
  type GlobalBeforeOperationHook,
  type PayloadRequest,
  QueryError,
} from 'payload'
import { computeCostRefusal, computeQueryCost, type QueryCost, type Question } from '#access/compute-query-cost'
import { admit, placeInRequest } from '#access/generated-request'
import { readerKindOf, queryBounds } from '#access/query-bounds'
import { DomainError } from '#shared/errors'
import { joinsFor, readQuestion } from './read-question'

/** What an operation of Payload asks. What is not named here concerns logins, which have limits of their own. */
const kinds: Readonly<Partial<Record<string, Question['kind']>>> = {
  read: 'list',
  readDistinct: 'distinct',
  count: 'count',
  countVersions: 'count',
  create: 'change',
  update: 'change',
  delete: 'change',
  restoreVersion: 'change',
}

/** Changes of many are counted as so many records: how many they are is not known yet. */
const pointsOfMany = 20

const admitPart = async (req: PayloadRequest, cost: QueryCost, changes: number): Promise<void> => {
  const asker = readerKindOf(req)
  const refusal = computeCostRefusal(cost, queryBounds[asker].cost)
  if (refusal !== undefined) throw new DomainError('invalid_request', refusal)
  const user = req.user?.collection === 'users' ? req.user : null
  const address = req.headers.get('x-forwarded-for') ?? 'unknown'
  await admit({ asker, cost: cost.total, changes, caller: { user, address } })
}

/**
 * Lets the first question of a request to the generated API be asked, if it does not cost too much for whoever asks, when its turn has come. What
 * follows of it (records that are filled in) has been counted with it; fields of a GraphQL query are counted together, before.
 * @throws DomainError `invalid_request` that says what it costs, what it may cost and what to take out; `rate_limited`, `unavailable`.
 */
export const admitQuestion: CollectionBeforeOperationHook = async ({
  args,
  collection: { slug },
  operation,
  overrideAccess,
  req,
}) => {
  const kind = kinds[operation]
  const place = placeInRequest()
  if (kind === undefined || overrideAccess) return args
  const isAdminList = 'includeLockStatus' in args && args.includeLockStatus === true
  // Of a page whose address was looked at before it was begun; what a form or a drawer of it lists comes here alone.
  if (place === 'none' && !isAdminList) return args
  if (place === 'counted') {
    // Waits with the first one, which may not have been let in yet.
    await admitPart(req, nothing, 0)
    return args
  }
  const isOne = kind === 'list' ? 'id' in args : kind === 'change' && (!('where' in args) || 'id' in args)
  const known = { payload: req.payload, joinsOfRelation: joinsFor(readerKindOf(req)) }
  const question = readQuestion(known, slug, isOne && kind === 'list' ? 'record' : kind, {
    ...args,
    ...(isOne ? { limit: 1, where: undefined } : {}),
    ...('field' in args ? { sort: args.field } : {}),
  })
  const changesMany = kind === 'change' && !isOne
  // The records that are changed are bounded by how many they may be; what is bounded here is the search for them.
  const cost = computeQueryCost(changesMany ? { ...question, limit: 1 } : question)
  if (place === 'none') {
    const refusal = computeCostRefusal(cost, queryBounds[readerKindOf(req)].cost)
    if (refusal === undefined) return args
    // The admin shows it as no records.
    throw new QueryError([{ path: 'where' }])
  }
  await admitPart(req, cost, kind === 'change' ? (isOne ? 1 : pointsOfMany) : 0)
  return args
}

const nothing: QueryCost = { total: 0, search: 0, records: 0 }

/** A global is one record. */
export const admitGlobal: GlobalBeforeOperationHook = async ({ args, operation, overrideAccess, req }) => {
  if (!overrideAccess && placeInRequest() !== 'none') {
    await admitPart(req, { ...nothing, total: 1 }, /^(?:update|restore)/.test(operation) ? 1 : 0)
  }
  return args
}
