import type { CollectionConfig } from 'payload'
import { staff } from '#access/collection-access'
import {
  customerField,
  derived,
  hostField,
  participantField,
  setByStaff,
  staffField,
  staffOnly,
} from '#access/field-access'
import { createReview, ofOwnConsultantOrCustomer, publicOrOwnReviews } from '#access/record-access'
import { integerField } from '#database/fields/number-fields'
import { optionalInGraphql } from '#database/fields/optional-in-graphql'
import { relationField } from '#database/fields/relation-fields'
import { choiceField, paragraphField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'
import { announceReview } from '#hooks/reviews/announce-review'
import { completeReview } from '#hooks/reviews/complete-review'
import { linkReview } from '#hooks/reviews/link-review'
import { refreshRating, refreshRatingAfterDelete } from '#hooks/reviews/refresh-rating'
import { stampResponse } from '#hooks/reviews/stamp-response'

export const moderationStates = {
  pending: { en: 'Waiting', de: 'Wartet' },
  approved: { en: 'Approved', de: 'Freigegeben' },
  rejected: { en: 'Rejected', de: 'Abgelehnt' },
} as const

/** What the customer wrote; changed by nobody else, and not after it was sent. */
const byCustomer = { update: staffField }

/** What the customer says afterwards, and what the consultant answers. */
export const Reviews: CollectionConfig = {
  slug: 'reviews',
  disableDuplicate: true,
  labels: { singular: { en: 'Review', de: 'Bewertung' }, plural: { en: 'Reviews', de: 'Bewertungen' } },
  admin: {
    group: { en: 'Bookings', de: 'Buchungen' },
    useAsTitle: 'authorName',
    defaultColumns: ['rating', 'consultant', 'authorName', 'moderation.status', 'isPublic', 'createdAt'],
    listSearchableFields: ['reviewText', 'authorName'],
    description: {
      en: 'One per completed session. Approved, public ones stand on the page of the consultant.',
      de: 'Eine je abgeschlossenem Termin. Freigegebene öffentliche stehen auf der Seite der Fachperson.',
    },
  },
  defaultSort: '-createdAt',
  access: { create: createReview, read: publicOrOwnReviews, update: ofOwnConsultantOrCustomer, delete: staff },
  hooks: {
    beforeValidate: [completeReview],
    beforeChange: [stampResponse],
    afterChange: [linkReview, refreshRating, announceReview],
    afterDelete: [refreshRatingAfterDelete],
  },
  indexes: [
    { fields: ['consultant', 'createdAt'] },
    { fields: ['customer', 'createdAt'] },
    { fields: ['consultant', 'isPublic', 'moderation.status'] },
  ],
  fields: [
    relationField('scheduledSession', 'scheduled-sessions', {
      required: true,
      unique: true,
      access: { read: participantField, update: staffField },
    }),
    relationField('consultant', 'consultant-profiles', { required: true, access: derived, readOnly: true }),
    relationField('customer', 'customers', {
      required: true,
      access: { read: participantField, ...derived },
      readOnly: true,
    }),
    textField('authorName', {
      access: derived,
      readOnly: true,
      description: { en: 'As it is shown to the public.', de: 'Wie er öffentlich erscheint.' },
    }),
    integerField('rating', { required: true, min: 1, max: 5, access: byCustomer }),
    paragraphField('reviewText', { access: byCustomer }),
    {
      name: 'aspects',
      type: 'group',
      access: byCustomer,
      fields: ['professionalism', 'expertise', 'communication', 'valueForMoney'].map((aspect) =>
        integerField(aspect, { min: 1, max: 5 }),
      ),
    },
    integerField('npsScore', {
      max: 10,
      access: { read: customerField, update: staffField },
      description: {
        en: 'How likely they are to recommend, 0 to 10.',
        de: 'Wie wahrscheinlich eine Empfehlung ist, 0 bis 10.',
      },
    }),
    { name: 'problemResolved', type: 'checkbox', access: { read: participantField, update: staffField } },
    paragraphField('consultantResponse', { access: { create: staffField, update: hostField } }),
    instantField('respondedAt', { access: derived, readOnly: true }),
    { name: 'isPublic', type: 'checkbox', defaultValue: true, access: { update: customerField } },
    { name: 'isVerifiedBooking', type: 'checkbox', defaultValue: true, access: derived, admin: { readOnly: true } },
    {
      name: 'moderation',
      type: 'group',
      fields: [
        optionalInGraphql(
          choiceField('status', moderationStates, {
            required: true,
            defaultValue: 'approved',
            access: { read: participantField, ...setByStaff },
          }),
        ),
        textField('reason', { access: staffOnly }),
        instantField('at', { access: { read: staffField, ...derived }, readOnly: true }),
      ],
    },
  ],
}
