import { z } from 'zod'
import { defineTranslatedMessage } from '#notifications/message-kinds'
import { messageParts } from '#notifications/message-parts'
import { openRequestStates } from '../request-states'

const { request, reason } = messageParts
const toBothSides = ['customer', 'consultant'] as const

/** What is said about a request for a consultation. */
export const requestMessageKinds = {
  request_received: defineTranslatedMessage({
    label: { en: 'Request received', de: 'Anfrage erhalten' },
    type: 'request_received',
    audiences: ['customer', 'operations'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ request }),
    words: {
      en: {
        customer: {
          subject: 'We received your request {{reference}}',
          heading: 'We received your request',
          intro:
            'Thank you. We are looking for the right expert and a good time, and will write to you with proposals.',
          action: 'View your request',
        },
        operations: {
          subject: 'New request {{reference}}: {{serviceName}} for {{customerName}}',
          heading: 'A new request',
          intro: '{{customerName}} asks for {{serviceName}}.',
          action: 'Open the request',
        },
      },
      de: {
        customer: {
          subject: 'Ihre Anfrage {{reference}} ist da',
          heading: 'Ihre Anfrage ist bei uns',
          intro:
            'Vielen Dank. Wir suchen die passende Fachperson und eine gute Zeit und schreiben Ihnen mit Vorschlägen.',
          action: 'Anfrage ansehen',
        },
        operations: {
          subject: 'Neue Anfrage {{reference}}: {{serviceName}} für {{customerName}}',
          heading: 'Eine neue Anfrage',
          intro: '{{customerName}} fragt nach {{serviceName}}.',
          action: 'Anfrage öffnen',
        },
      },
    },
  }),
  availability_request: defineTranslatedMessage({
    label: { en: 'Consultant asked for times', de: 'Fachperson nach Zeiten gefragt' },
    type: 'availability_request',
    audiences: ['consultant'],
    category: 'transactional',
    primary: 'manage',
    onlyWhile: { request: openRequestStates },
    data: z.object({ request }),
    words: {
      en: {
        consultant: {
          subject: 'Can you help? {{serviceName}} for {{customerName}}',
          heading: 'Somebody asks for your time',
          intro: '{{customerName}} asks for {{serviceName}}. Please propose times, or tell us that you cannot.',
          action: 'Propose times',
        },
      },
      de: {
        consultant: {
          subject: 'Können Sie helfen? {{serviceName}} für {{customerName}}',
          heading: 'Jemand bittet um Ihre Zeit',
          intro:
            '{{customerName}} fragt nach {{serviceName}}. Bitte schlagen Sie Zeiten vor, oder sagen Sie uns, dass es nicht geht.',
          action: 'Zeiten vorschlagen',
        },
      },
    },
  }),
  request_assigned: defineTranslatedMessage({
    label: { en: 'Request given to a consultant', de: 'Anfrage an eine Fachperson vergeben' },
    type: 'request_assigned',
    audiences: ['customer'],
    category: 'update',
    primary: 'manage',
    onlyWhile: { request: openRequestStates },
    data: z.object({ request }),
    words: {
      en: {
        customer: {
          subject: '{{consultantName}} looks at your request {{reference}}',
          heading: 'We found an expert for you',
          intro: '{{consultantName}} looks at your request and will propose times.',
          action: 'View your request',
        },
      },
      de: {
        customer: {
          subject: '{{consultantName}} sieht sich Ihre Anfrage {{reference}} an',
          heading: 'Wir haben jemanden für Sie gefunden',
          intro: '{{consultantName}} sieht sich Ihre Anfrage an und schlägt Ihnen Zeiten vor.',
          action: 'Anfrage ansehen',
        },
      },
    },
  }),
  request_proposed: defineTranslatedMessage({
    label: { en: 'Times proposed', de: 'Zeiten vorgeschlagen' },
    type: 'request_proposed',
    audiences: ['customer'],
    category: 'transactional',
    primary: 'manage',
    onlyWhile: { request: ['pending_confirmation'] },
    data: z.object({ request }),
    words: {
      en: {
        customer: {
          subject: '{{consultantName}} proposes times for you',
          heading: 'Choose a time',
          intro:
            '{{consultantName}} can help you with {{serviceName}} at these times. The first to be chosen is yours.',
          action: 'Choose a time',
        },
      },
      de: {
        customer: {
          subject: '{{consultantName}} schlägt Ihnen Zeiten vor',
          heading: 'Wählen Sie eine Zeit',
          intro:
            '{{consultantName}} kann Ihnen bei {{serviceName}} zu diesen Zeiten helfen. Die zuerst gewählte gehört Ihnen.',
          action: 'Zeit wählen',
        },
      },
    },
  }),
  request_rejected: defineTranslatedMessage({
    label: { en: 'Request rejected', de: 'Anfrage abgelehnt' },
    type: 'request_rejected',
    audiences: ['customer'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ request, reason }),
    // The consultant or operations say why.
    writtenBy: { reason: 'us' },
    words: {
      en: {
        customer: {
          subject: 'Your request {{reference}}',
          heading: 'We cannot help with this request',
          intro: 'We are sorry: nobody can take your request for {{serviceName}}.',
          action: 'View your request',
        },
      },
      de: {
        customer: {
          subject: 'Ihre Anfrage {{reference}}',
          heading: 'Wir können bei dieser Anfrage nicht helfen',
          intro: 'Es tut uns leid: Niemand kann Ihre Anfrage nach {{serviceName}} übernehmen.',
          action: 'Anfrage ansehen',
        },
      },
    },
  }),
  request_expired: defineTranslatedMessage({
    label: { en: 'Request expired', de: 'Anfrage abgelaufen' },
    type: 'request_expired',
    audiences: ['customer'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ request }),
    words: {
      en: {
        customer: {
          subject: 'Your request {{reference}} has expired',
          heading: 'Your request has expired',
          intro:
            'Your request for {{serviceName}} was not settled in time and is closed. You can send a new one at any time.',
          action: 'View your request',
        },
      },
      de: {
        customer: {
          subject: 'Ihre Anfrage {{reference}} ist abgelaufen',
          heading: 'Ihre Anfrage ist abgelaufen',
          intro:
            'Ihre Anfrage nach {{serviceName}} wurde nicht rechtzeitig abgeschlossen und ist beendet. Sie können jederzeit eine neue senden.',
          action: 'Anfrage ansehen',
        },
      },
    },
  }),
  request_cancelled: defineTranslatedMessage({
    label: { en: 'Request cancelled', de: 'Anfrage zurückgezogen' },
    type: 'request_cancelled',
    audiences: toBothSides,
    category: 'transactional',
    primary: 'manage',
    data: z.object({ request, reason }),
    words: {
      en: {
        customer: {
          subject: 'Your request {{reference}} is cancelled',
          heading: 'Your request is cancelled',
          intro: 'Your request for {{serviceName}} is closed. You can send a new one at any time.',
          action: 'View your request',
        },
        consultant: {
          subject: 'The request of {{customerName}} is cancelled',
          heading: 'A request is cancelled',
          intro: '{{customerName}} does not need {{serviceName}} any more. There is nothing left to do.',
          action: 'Open the request',
        },
      },
      de: {
        customer: {
          subject: 'Ihre Anfrage {{reference}} ist zurückgezogen',
          heading: 'Ihre Anfrage ist zurückgezogen',
          intro: 'Ihre Anfrage nach {{serviceName}} ist beendet. Sie können jederzeit eine neue senden.',
          action: 'Anfrage ansehen',
        },
        consultant: {
          subject: 'Die Anfrage von {{customerName}} ist zurückgezogen',
          heading: 'Eine Anfrage ist zurückgezogen',
          intro: '{{customerName}} braucht {{serviceName}} nicht mehr. Es ist nichts mehr zu tun.',
          action: 'Anfrage öffnen',
        },
      },
    },
  }),
}

type RequestMessages = typeof requestMessageKinds

declare module '#notifications/message-kinds' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Its rows are the members.
  interface MessageKinds extends RequestMessages {}
}
