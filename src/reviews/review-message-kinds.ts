import { z } from 'zod'
import { defineTranslatedMessage } from '#notifications/message-kinds'
import { messageParts } from '#notifications/message-parts'

const { session, review } = messageParts

/** What is said about reviews. */
export const reviewMessageKinds = {
  review_received: defineTranslatedMessage({
    label: { en: 'Review received', de: 'Bewertung erhalten' },
    type: 'message_received',
    audiences: ['consultant'],
    category: 'update',
    primary: 'manage',
    data: z.object({ session, review }),
    words: {
      en: {
        consultant: {
          subject: '{{customerName}} reviewed your session: {{rating}} of 5',
          heading: 'You have a new review',
          intro: '{{customerName}} gave {{rating}} of 5 for {{serviceName}} on {{when}}.',
          action: 'Read and answer',
        },
      },
      de: {
        consultant: {
          subject: '{{customerName}} hat Ihren Termin bewertet: {{rating}} von 5',
          heading: 'Sie haben eine neue Bewertung',
          intro: '{{customerName}} gab {{rating}} von 5 für {{serviceName}} ({{when}}).',
          action: 'Lesen und antworten',
        },
      },
    },
  }),
}

type ReviewMessages = typeof reviewMessageKinds

declare module '#notifications/message-kinds' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Its rows are the members.
  interface MessageKinds extends ReviewMessages {}
}
