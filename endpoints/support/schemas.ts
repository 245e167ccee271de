import { z } from 'zod'
import {
  durationMinutes,
  email,
  httpUrl,
  instant,
  language,
  line,
  paragraph,
  phone,
  slugOrId,
  timeZone,
} from '#shared/input'

/** What the operations take and answer; parsed at run time and written into the OpenAPI document. */

export const money = z
  .object({ amount: z.int().describe('In the smallest unit of the currency'), currency: z.string().length(3) })
  .meta({ id: 'Money' })

const dateTime = z.string().meta({ format: 'date-time' })

export const customerInput = z
  .strictObject({
    name: line(200),
    email,
    timeZone,
    phone: phone.optional(),
    language: language.optional(),
  })
  .meta({ id: 'CustomerInput' })

export const urgencies = ['asap', 'today', 'this_week'] as const

export const problemInput = z
  .strictObject({
    title: line(200).optional(),
    description: paragraph(5_000),
    category: line(100).optional(),
    urgency: z.enum(urgencies).optional(),
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

export const sessionInput = z
  .strictObject({
    holdToken: z.string().min(1).max(128).optional(),
    consultant: slugOrId.optional(),
    serviceType: slugOrId.optional(),
    start: instant.optional(),
    durationMinutes: durationMinutes.optional(),
    customer: customerInput,
    problem: problemInput.optional(),
    answers: answersInput.optional(),
    notes: paragraph(5_000).optional(),
    successUrl: httpUrl.optional(),
    cancelUrl: httpUrl.optional(),
  })
  .superRefine((value, context) => {
    const direct = ['consultant', 'serviceType', 'start'] as const
    if (value.holdToken !== undefined) {
      for (const key of [...direct, 'durationMinutes'] as const) {
        if (value[key] !== undefined)
          context.addIssue({ code: 'custom', path: [key], message: 'is decided by the hold; leave it out' })
      }
      return
    }
    for (const key of direct) {
      if (value[key] === undefined)
        context.addIssue({ code: 'custom', path: [key], message: 'is required without a holdToken' })
    }
  })

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

export const sessionAnswer = z
  .object({
    reference: z.string(),
    status: z.string(),
    start: dateTime,
    end: dateTime,
    durationMinutes: z.int(),
    timeZone: z.string(),
    consultant: named.extend({ timeZone: z.string() }),
    serviceType: named,
    price: money,
    meeting: z.object({ joinUrl: z.string() }).nullable(),
    actions: z.array(z.string()).describe('What may be done with it now by whoever asks'),
    policy: z.object({
      refundableBeforeHours: z.number(),
      refundPercentage: z.number(),
      lateRefundPercentage: z.number(),
    }),
    createdAt: dateTime,
  })
  .meta({ id: 'Session' })

export const paymentDue = z
  .object({ checkoutUrl: z.string(), expiresAt: dateTime, amount: money })
  .meta({ id: 'PaymentDue' })

export const sessionCreated = z.object({
  session: sessionAnswer,
  manageToken: z.string(),
  payment: paymentDue.nullable(),
})

export const sessionRead = z.object({
  session: sessionAnswer,
  payment: z
    .object({
      reference: z.string(),
      status: z.string(),
      amount: money,
      refunded: money,
      captureBefore: dateTime.nullable().describe('Until when an authorised price can be charged'),
      receiptUrl: z.string().nullable().describe("Stripe's receipt; not for the consultant"),
      invoiceUrl: z.string().nullable().describe('PDF, with the same token or login; not for the consultant'),
    })
    .nullable(),
  actions: z.array(z.string()),
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
    status: z.string(),
    serviceType: named,
    consultant: named.nullable(),
    problem: z.object({ title: z.string().nullable(), description: z.string(), urgency: z.string() }),
    preferredStart: dateTime.nullable(),
    preferredEnd: dateTime.nullable(),
    proposedTimes: z.array(z.object({ start: dateTime, end: dateTime })),
    session: z.object({ reference: z.string() }).nullable(),
    rejectionReason: z.string().nullable(),
    expiresAt: dateTime.nullable(),
    actions: z.array(z.string()),
    createdAt: dateTime,
  })
  .meta({ id: 'Request' })
