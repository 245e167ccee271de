import { z } from 'zod'
import { withAddedAnswers, withAddedInputs } from './added-schemas'
import { attributeTypeNames } from '#attributes/attribute-kinds'
import { requestActions } from '#requests/decide-request-actions'
import { sessionActions } from '#sessions/decide-actions'
import { requestStateNames } from '#requests/request-states'
import { noShowObjectionCodes, sessionSideNames } from '#sessions/no-show/decide-no-show'
import { noShowClaimStateNames } from '#sessions/no-show/no-show-claim-states'
import { sessionStateNames } from '#sessions/session-states'
import { heldReasonNames, paymentStateNames, payoutStateNames } from '#payments/payment-states'
import { actorRoleNames } from '#shared/actor'
import { chargeNames } from '#sessions/create/charge-kinds'
import { durationMinutes, email, instant, language, line, paragraph, phone, slugOrId, timeZone } from '#shared/input'
import { returnAddress } from './return-address'
import { urgencyNames } from '#shared/urgencies'

/** What the operations take and answer; parsed at run time and written into the OpenAPI document. */

export const money = z
  .object({ amount: z.int().describe('In the smallest unit of the currency'), currency: z.string().length(3) })
  .meta({ id: 'Money' })

/** An instant as it is answered. */
export const dateTime = z.string().meta({ format: 'date-time' })

export const actorRole = z.enum(actorRoleNames).meta({ id: 'ActorRole' })
export const sessionStatus = z.enum(sessionStateNames).meta({ id: 'SessionStatus' })
export const sessionSide = z.enum(sessionSideNames).meta({ id: 'SessionSide' })
export const payoutStatus = z.enum(payoutStateNames).meta({ id: 'PayoutStatus' })
export const heldReason = z.enum(heldReasonNames).meta({ id: 'HeldReason' })
export const paymentStatus = z.enum(paymentStateNames).meta({ id: 'PaymentStatus' })

/** Values of custom attributes, by key. Which there are is decided when they are stored, by what operations have defined. */
export const attributesInput = z
  .record(
    z.string().max(40),
    z.union([z.string().max(5_000), z.number(), z.boolean(), z.array(z.string().max(200)).max(100), z.null()]),
  )
  .refine((values) => Object.keys(values).length <= 50, 'at most 50 attributes')
  .meta({ id: 'AttributesInput' })

/** Custom attributes as whoever asks may read them, by key. */
export const attributesAnswer = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
  .meta({ id: 'Attributes' })

const attributeField = z
  .object({
    key: z.string(),
    label: z.string(),
    type: z.enum(attributeTypeNames),
    options: z.array(z.object({ value: z.string(), label: z.string() })),
  })
  .meta({ id: 'AttributeField' })

export const customerInput = z
  .strictObject({
    name: line(200),
    email,
    timeZone,
    phone: phone.optional(),
    language: language.optional(),
    attributes: attributesInput.optional(),
  })
  .meta({ id: 'CustomerInput' })

export const urgency = z.enum(urgencyNames).meta({ id: 'Urgency' })

export const problemInput = z
  .strictObject({
    title: line(200).optional(),
    description: paragraph(5_000),
    category: line(100).optional(),
    urgency: urgency.optional(),
  })
  .meta({ id: 'ProblemInput' })

/** Answers to the service type's intake questions, by key. */
export const answersInput = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/), z.union([paragraph(5_000), z.number(), z.boolean()]))
  .refine((answers) => Object.keys(answers).length <= 50, 'at most 50 answers')

export const holdInput = z.strictObject({
  consultant: slugOrId,
  serviceType: slugOrId,
  start: instant,
  durationMinutes: durationMinutes.optional(),
  replaces: z.string().max(128).optional().describe('Token of an earlier hold of the same person, which is given back'),
})

/** What staff say when they book for somebody; refused from everybody else. */
export const staffTerms = {
  charge: z
    .enum(chargeNames)
    .optional()
    .describe('Staff: `link` sends a payment link, `elsewhere` was paid outside of Stripe, `none` charges nothing'),
  chargeReason: line(1_000).optional().describe('Staff: why nothing is charged'),
  chargeReference: line(200).optional().describe('Staff: under which reference it was paid elsewhere'),
  outsideOfferedTimes: z
    .strictObject({ reason: line(1_000) })
    .optional()
    .describe('Staff: why a time is taken that is not offered'),
}

const sessionInputFields = z.strictObject({
  ...staffTerms,
  holdToken: z.string().min(1).max(128).optional(),
  consultant: slugOrId.optional(),
  serviceType: slugOrId.optional(),
  start: instant.optional(),
  durationMinutes: durationMinutes.optional(),
  customer: customerInput,
  problem: problemInput.optional(),
  answers: answersInput.optional(),
  attributes: attributesInput.optional().describe('Of the session; `GET /booking/attributes` says which are asked'),
  notes: paragraph(5_000).optional(),
  successUrl: returnAddress.optional(),
  cancelUrl: returnAddress.optional(),
})

/** With the fields that an installation has added to sessions. */
export const sessionInput = z.lazy(() =>
  withAddedInputs(sessionInputFields).superRefine((value, context) => {
    const direct = ['consultant', 'serviceType', 'start'] as const
    if (value.holdToken !== undefined) {
      for (const key of [...direct, 'durationMinutes', 'outsideOfferedTimes'] as const) {
        if (value[key] !== undefined)
          context.addIssue({ code: 'custom', path: [key], message: 'is decided by the hold; leave it out' })
      }
      return
    }
    for (const key of direct) {
      if (value[key] === undefined)
        context.addIssue({ code: 'custom', path: [key], message: 'is required without a holdToken' })
    }
  }),
)

export const reference = z
  .string()
  .max(32)
  .regex(/^[A-Z]{2}-[0-9A-Z]{4,16}$/i, 'must be a reference such as PY-7KQ2M9XB')
export const referenceParams = z.object({ reference: reference.transform((value) => value.toUpperCase()) })
export const tokenQuery = z.object({
  token: z.string().max(512).optional().describe('Manage token, instead of the header'),
})

export const holdAnswer = z
  .object({ token: z.string(), expiresAt: dateTime, start: dateTime, end: dateTime, price: money })
  .meta({ id: 'Hold' })

const named = z.object({ slug: z.string(), name: z.string() })

/** Until when cancelling returns which share. */
export const cancellationPolicyAnswer = z
  .object({
    refundableBeforeHours: z.number(),
    refundPercentage: z.number(),
    lateRefundPercentage: z.number(),
  })
  .meta({ id: 'CancellationPolicy' })

/** The same as it was agreed for one session. */
const agreedPolicy = cancellationPolicyAnswer
  .extend({ noShowRefundPercentage: z.number().describe('When the customer does not come') })
  .meta({ id: 'SessionPolicy' })

const sessionAction = z.enum(sessionActions).meta({ id: 'SessionAction' })
const availableActions = z.array(sessionAction).describe('What may be done with it now by whoever asks')

/** One side says that the other did not come, and something speaks against it. */
const noShowClaim = z
  .object({
    reference: z.string(),
    state: z.enum(noShowClaimStateNames).meta({ id: 'NoShowClaimState' }),
    missing: sessionSide.describe('Who is said not to have come'),
    raisedBy: sessionSide,
    raisedAt: dateTime,
    statement: z.string().nullable().describe('In the words of whoever claims it'),
    objections: z
      .array(z.object({ code: z.enum(noShowObjectionCodes), text: z.string(), at: dateTime.nullable() }))
      .describe('What speaks against it'),
    deadline: dateTime.describe('Until when the other side is asked to answer'),
    answer: z.object({ text: z.string(), at: dateTime }).nullable(),
    decision: z.object({ at: dateTime, reason: z.string().nullable() }).nullable(),
    ifGranted: z
      .object({ status: sessionStatus, refund: money, payout: money })
      .nullable()
      .describe('For staff, while it is open: what granting it would do; `payout` is what the consultant keeps'),
  })
  .meta({ id: 'NoShowClaim' })

const session = z.object({
  reference: z.string(),
  status: sessionStatus,
  start: dateTime,
  end: dateTime,
  durationMinutes: z.int(),
  timeZone: z.string(),
  consultant: named.extend({ timeZone: z.string() }),
  serviceType: named,
  price: money,
  meeting: z.object({ joinUrl: z.string() }).nullable(),
  actions: availableActions,
  policy: agreedPolicy,
  claim: noShowClaim.nullable().describe('The latest claim that one side did not come; null: nobody has made one'),
  attributes: attributesAnswer,
  attributeFields: z.array(attributeField).describe('How to show `attributes`: each that has a value, in order'),
  emailConfirmBy: dateTime
    .nullable()
    .describe('Until when the mailed link has to be opened; null: nobody has to, or somebody has'),
  createdAt: dateTime,
})

const sessionPayment = z
  .object({
    reference: z.string(),
    status: paymentStatus,
    amount: money,
    refunded: money,
    captureBefore: dateTime.nullable().describe('Until when an authorised price can be charged'),
    receiptUrl: z.string().nullable().describe("Stripe's receipt; not for the consultant"),
    invoiceUrl: z.string().nullable().describe('PDF, with the same token or login; not for the consultant'),
  })
  .meta({ id: 'SessionPayment' })

const sessionWithPayment = session.extend({
  payment: sessionPayment.nullable().describe('Null: there is nothing to pay'),
})

/** What is taken and answered about a session without what an installation adds. */
export const sessionNames: ReadonlySet<string> = new Set(
  [sessionInputFields, sessionWithPayment].flatMap(({ shape }) => Object.keys(shape)),
)

/** A session with its money: the answer to everybody who asks about one. With what an installation has added. */
export const sessionAnswer = z.lazy(() =>
  withAddedAnswers('scheduled-sessions', sessionWithPayment).meta({ id: 'Session' }),
)

export const paymentDue = z
  .object({ checkoutUrl: z.string(), expiresAt: dateTime, amount: money })
  .meta({ id: 'PaymentDue' })

export const sessionCreated = z.object({
  session: z.lazy(() => withAddedAnswers('scheduled-sessions', session).meta({ id: 'BookedSession' })),
  manageToken: z.string(),
  payment: paymentDue.nullable(),
})

export const sessionRead = z.object({
  session: sessionAnswer,
  payment: sessionPayment.nullable().describe('The same as in `session`'),
  actions: availableActions,
})

export const requestInput = z.strictObject({
  serviceType: slugOrId,
  preferredConsultant: slugOrId.optional(),
  preferredStart: instant.optional(),
  preferredEnd: instant.optional(),
  customer: customerInput,
  company: line(200).optional(),
  problem: problemInput,
  answers: answersInput.optional(),
})

export const requestAnswer = z
  .object({
    reference: z.string(),
    status: z.enum(requestStateNames).meta({ id: 'RequestStatus' }),
    serviceType: named,
    consultant: named.nullable(),
    problem: z.object({ title: z.string().nullable(), description: z.string(), urgency }),
    preferredStart: dateTime.nullable(),
    preferredEnd: dateTime.nullable(),
    proposedTimes: z.array(z.object({ start: dateTime, end: dateTime })),
    session: z.object({ reference: z.string() }).nullable(),
    rejectionReason: z.string().nullable(),
    expiresAt: dateTime.nullable(),
    actions: z
      .array(z.enum(requestActions).meta({ id: 'RequestAction' }))
      .describe('What may be done with it now by whoever asks'),
    createdAt: dateTime,
  })
  .meta({ id: 'Request' })
