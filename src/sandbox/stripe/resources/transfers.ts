import { z } from 'zod'
import { listObjects } from '../api/list-objects'
import { listRoute, retrieveRoute } from '../api/read-routes'
import { route } from '../api/route'
import { makeTransfer } from '../connect/make-transfer'
import { reverseTransfer } from '../connect/reverse-transfer'
import { emitEvent } from '../emit-event'
import { boolean, clearableText, currency, expand, integer, mergeMetadata, metadata, pageParams, text } from '../params'
import { noSuch } from '../refusal'
import type { StoredTransferReversal } from '../stored-objects'
import { find, mustFind, type World } from '../world'

/** @throws Refusal when there is none, or it is of another transfer. */
const findReversal = (world: World, transferId: string, id: string): StoredTransferReversal => {
  mustFind(world, 'transfers', transferId)
  const reversal = find(world, 'transfer_reversals', id)
  if (reversal?.transfer !== transferId) throw noSuch('transfer reversal', id, { param: 'id', inPath: true })
  return reversal
}

export const transferRoutes = [
  route({
    method: 'POST',
    path: '/v1/transfers',
    params: z.strictObject({
      amount: integer.optional(),
      currency,
      description: text(1000).optional(),
      destination: text(),
      expand,
      metadata: metadata.optional(),
      source_transaction: text().optional(),
      source_type: z.enum(['bank_account', 'card', 'fpx']).optional(),
      transfer_group: text().optional(),
    }),
    handle: (world, { params }) =>
      makeTransfer(world, {
        amount: params.amount,
        currency: params.currency,
        description: params.description ?? null,
        destination: params.destination,
        metadata: mergeMetadata(null, params.metadata),
        source_transaction: params.source_transaction,
        transfer_group: params.transfer_group,
      }),
  }),
  listRoute('/v1/transfers', 'transfers', {
    filters: { destination: text().optional(), transfer_group: text().optional() },
  }),
  retrieveRoute('/v1/transfers', 'transfers'),
  route({
    method: 'POST',
    path: '/v1/transfers/:id',
    params: z.strictObject({ description: clearableText(1000).optional(), expand, metadata: metadata.optional() }),
    handle: (world, { id, params }) => {
      const transfer = mustFind(world, 'transfers', id)
      const previous = { description: transfer.description, metadata: transfer.metadata }
      if (params.description !== undefined) transfer.description = params.description
      transfer.metadata = mergeMetadata(transfer.metadata, params.metadata)
      emitEvent(world, 'transfer.updated', transfer, previous)
      return transfer
    },
  }),
  route({
    method: 'POST',
    path: '/v1/transfers/:id/reversals',
    params: z.strictObject({
      amount: integer.optional(),
      description: text(1000).optional(),
      expand,
      metadata: metadata.optional(),
      refund_application_fee: boolean.optional(),
    }),
    handle: (world, { id, params }) =>
      reverseTransfer(world, mustFind(world, 'transfers', id), {
        amount: params.amount,
        description: params.description ?? null,
        metadata: mergeMetadata(null, params.metadata),
      }),
  }),
  route({
    method: 'GET',
    path: '/v1/transfers/:id/reversals',
    params: z.strictObject(pageParams),
    handle: (world, { id, params }) => {
      mustFind(world, 'transfers', id)
      return listObjects({
        url: `/v1/transfers/${id}/reversals`,
        objects: world.catalog.sequence('transfer_reversals', { transfer: id }),
        page: params,
        fits: (reversal) => reversal.transfer === id,
      })
    },
  }),
  route({
    method: 'GET',
    path: '/v1/transfers/:id/reversals/:part',
    params: z.strictObject({ expand }),
    handle: (world, { id, part }) => findReversal(world, id, part),
  }),
  route({
    method: 'POST',
    path: '/v1/transfers/:id/reversals/:part',
    params: z.strictObject({ expand, metadata: metadata.optional() }),
    handle: (world, { id, part, params }) => {
      const reversal = findReversal(world, id, part)
      reversal.metadata = mergeMetadata(reversal.metadata, params.metadata)
      return reversal
    },
  }),
]
