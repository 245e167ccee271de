import { z } from 'zod'
import { listRoute, retrieveRoute } from '../api/read-routes'
import { route } from '../api/route'
import { emitEvent } from '../emit-event'
import { boolean, clearableText, expand, mergeMetadata, metadata, text } from '../params'
import { closeInquiry, loseDispute } from '../payments/close-dispute'
import { scheduleLater } from '../payments/schedule-later'
import { invalidRequest, noSuch } from '../refusal'
import type { StoredDispute } from '../stored-objects'
import { entryNow, find, mustFind, type World } from '../world'

const evidenceText = clearableText(20_000).optional()
/** The sandbox has no files, so none is ever found. */
const evidenceFile = text().optional()

const evidence = z.strictObject({
  access_activity_log: evidenceText,
  billing_address: evidenceText,
  cancellation_policy: evidenceFile,
  cancellation_policy_disclosure: evidenceText,
  cancellation_rebuttal: evidenceText,
  customer_communication: evidenceFile,
  customer_email_address: evidenceText,
  customer_name: evidenceText,
  customer_purchase_ip: evidenceText,
  customer_signature: evidenceFile,
  duplicate_charge_documentation: evidenceFile,
  duplicate_charge_explanation: evidenceText,
  duplicate_charge_id: evidenceText,
  product_description: evidenceText,
  receipt: evidenceFile,
  refund_policy: evidenceFile,
  refund_policy_disclosure: evidenceText,
  refund_refusal_explanation: evidenceText,
  service_date: evidenceText,
  service_documentation: evidenceFile,
  shipping_address: evidenceText,
  shipping_carrier: evidenceText,
  shipping_date: evidenceText,
  shipping_documentation: evidenceFile,
  shipping_tracking_number: evidenceText,
  uncategorized_file: evidenceFile,
  uncategorized_text: evidenceText,
})

const fileFields = Object.entries(evidence.shape)
  .filter(([, schema]) => schema === evidenceFile)
  .map(([name]) => name)

const updateParams = z.strictObject({
  evidence: evidence.optional(),
  expand,
  metadata: metadata.optional(),
  submit: boolean.optional(),
})

/** How long the bank thinks about evidence that says what to decide, ms. */
const decisionDelay = 2_000

/** @throws Refusal once there is nothing more to answer. */
const assertAnswerable = (dispute: StoredDispute): void => {
  if (dispute.status === 'needs_response' || dispute.status === 'warning_needs_response') return
  throw invalidRequest(
    `This dispute (${dispute.id}) has a status of ${dispute.status}: it takes no evidence, and cannot be closed.`,
  )
}

const submit = (world: World, dispute: StoredDispute): void => {
  dispute.status = dispute.status === 'needs_response' ? 'under_review' : 'warning_under_review'
  dispute.evidence_details.submission_count += 1
  dispute.evidence_details.submission_method = 'manual'
  scheduleLater(world, 'decide_dispute', dispute.id, decisionDelay)
}

const update = (world: World, id: string, params: z.output<typeof updateParams>): StoredDispute => {
  const dispute = mustFind(world, 'disputes', id)
  const isSubmitted = params.submit ?? params.evidence !== undefined
  if (params.evidence || isSubmitted) assertAnswerable(dispute)
  const file = Object.entries(params.evidence ?? {}).find(([name]) => fileFields.includes(name))
  if (file) throw noSuch('file upload', String(file[1]), { param: `evidence[${file[0]}]`, inPath: false })
  const previous = { evidence: { ...dispute.evidence }, metadata: dispute.metadata, status: dispute.status }
  Object.assign(dispute.evidence, params.evidence)
  dispute.evidence_details.has_evidence ||= params.evidence !== undefined
  dispute.metadata = mergeMetadata(dispute.metadata, params.metadata)
  if (isSubmitted) submit(world, dispute)
  emitEvent(world, 'charge.dispute.updated', dispute, previous)
  return dispute
}

/** With its entries as they are by now. */
const disputeNow = (world: World, dispute: StoredDispute): StoredDispute => ({
  ...dispute,
  balance_transactions: dispute.balance_transactions.map(({ id, ...entry }) => {
    const known = find(world, 'balance_transactions', id)
    return known ? entryNow(world, known) : { id, ...entry }
  }),
})

export const disputeRoutes = [
  listRoute('/v1/disputes', 'disputes', {
    filters: { charge: text().optional(), payment_intent: text().optional() },
    present: disputeNow,
  }),
  retrieveRoute('/v1/disputes', 'disputes', disputeNow),
  route({
    method: 'POST',
    path: '/v1/disputes/:id',
    params: updateParams,
    handle: (world, { id, params }) => disputeNow(world, update(world, id, params)),
  }),
  route({
    method: 'POST',
    path: '/v1/disputes/:id/close',
    params: z.strictObject({ expand }),
    handle: (world, { id }) => {
      const dispute = mustFind(world, 'disputes', id)
      assertAnswerable(dispute)
      if (dispute.status === 'needs_response') loseDispute(world, dispute)
      else closeInquiry(world, dispute)
      return disputeNow(world, dispute)
    },
  }),
]
