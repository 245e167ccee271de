import type { PayloadRequest } from 'payload'
import { attributeDefinitions } from '#attributes/attribute-definitions'
import type { AttributeSubject } from '#attributes/attribute-kinds'
import { type AttributeDetail, computeAttributeDetails } from '#attributes/compute-attribute-details'
import type { AttributeViewer } from '#attributes/decide-attribute-access'
import type { MessageAudience } from '#notifications/message-kinds'
import type { PlannedMessage } from '#notifications/record-message'
import type { SessionRow } from '../session-queries'

const viewers: Record<MessageAudience, AttributeViewer> = {
  customer: ['customer'],
  account: ['customer'],
  consultant: ['consultant'],
  operations: 'staff',
}

/** In this order they stand in a mail. */
const subjects: readonly AttributeSubject[] = [
  'scheduled-sessions',
  'service-types',
  'consultant-profiles',
  'customers',
]

/** What operations let mails say of a session and its neighbours, to one audience. */
const listDetails = async (
  req: PayloadRequest,
  { attributes }: Pick<SessionRow, 'attributes'>,
  audience: MessageAudience,
): Promise<AttributeDetail[]> => {
  const definitions = await Promise.all(subjects.map((subject) => attributeDefinitions(req, subject)))
  return computeAttributeDetails(attributes, definitions.flat(), viewers[audience])
}

/** The message with what its audience may read of the custom attributes. */
export const withDetails = async (
  req: PayloadRequest,
  session: SessionRow,
  message: PlannedMessage,
): Promise<PlannedMessage> => {
  const { audience, data } = message
  if (!('session' in data)) return message
  const details = await listDetails(req, session, audience)
  if (!details.length) return message
  // A kind and its data belong together, which is lost on the compiler when one of them is spread.
  return { ...message, data: { ...data, session: { ...data.session, details } } } as PlannedMessage
}
