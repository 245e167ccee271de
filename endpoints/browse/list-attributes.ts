import { z } from 'zod'
import type { AttributeDefinition } from '#attributes/attribute-definition'
import { attributeDefinitions } from '#attributes/attribute-definitions'
import { attributeTypeNames } from '#attributes/attribute-kinds'
import { isWritable } from '#attributes/decide-attribute-access'
import { isAskedFor } from '#attributes/decide-attributes'
import { findActiveServiceTypeId } from '#directory/service-type-queries'
import { DomainError } from '#shared/errors'
import { slugOrId } from '#shared/input'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { catalogueSharing } from '../support/share-answer'

const subjects = ['session', 'customer'] as const

const attributeQuestion = z
  .object({
    key: z.string(),
    subject: z.enum(subjects).describe('Where the answer goes: `attributes` or `customer.attributes`'),
    label: z.string(),
    help: z.string().nullable(),
    type: z.enum(attributeTypeNames),
    options: z.array(z.object({ value: z.string(), label: z.string() })).describe('Of a choice'),
    required: z.boolean(),
    min: z.number().nullable().describe('Smallest number, shortest text, or fewest choices'),
    max: z.number().nullable().describe('Largest number, longest text, or most choices'),
  })
  .meta({ id: 'AttributeQuestion' })

const present = (subject: (typeof subjects)[number], definition: AttributeDefinition) => {
  const { key, label, help, type, options, required, min, max } = definition
  return { key, subject, label, help, type, options, required, min, max }
}

export const listAttributesEndpoint = defineEndpoint({
  method: 'get',
  path: '/booking/attributes',
  operationId: 'listAttributes',
  tag: 'Browse',
  summary: 'What a customer is asked when they book, beside the questions of the service type',
  description:
    'Custom attributes that customers set, as operations have defined them: of the customer first, then of the session. Without `serviceType` those of the session that are asked in every booking.',
  query: z.strictObject({ serviceType: slugOrId.optional().describe('Slug or id of what is booked') }),
  answers: { 200: { description: 'At most 100', schema: z.object({ docs: z.array(attributeQuestion) }) } },
  refusals: ['not_found'],
  limit: 'browse',
  sharing: catalogueSharing,
  handle: async ({ req, query: { serviceType } }) => {
    const id = serviceType === undefined ? undefined : await findActiveServiceTypeId(req, serviceType)
    if (serviceType !== undefined && id === undefined) {
      throw new DomainError('not_found', 'There is no such service type.')
    }
    const ofCustomers = await attributeDefinitions(req, 'customers')
    const ofSessions = await attributeDefinitions(req, 'scheduled-sessions')
    const isAsked = (definition: AttributeDefinition) => isWritable(definition, ['customer'])
    const isHere = (definition: AttributeDefinition) => isAskedFor(definition, id ?? 'every')
    return json({
      docs: [
        ...ofCustomers.filter(isAsked).map((definition) => present('customer', definition)),
        ...ofSessions
          .filter((definition) => isAsked(definition) && isHere(definition))
          .map((definition) => present('session', definition)),
      ],
    })
  },
})
