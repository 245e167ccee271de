import { z } from 'zod'
import { defineTranslatedMessage } from '#notifications/message-kinds'
import { messageParts } from '#notifications/message-parts'

const { session, calendar, difference } = messageParts
const openSession = { en: 'Open the session', de: 'Termin öffnen' }

/** What is said about connected calendars, and where one differs from Parley. */
export const calendarMessageKinds = {
  calendar_needs_reauth: defineTranslatedMessage({
    label: { en: 'Calendar disconnected', de: 'Kalender getrennt' },
    type: 'calendar_disconnected',
    audiences: ['consultant'],
    category: 'transactional',
    primary: 'account',
    data: z.object({ calendar }),
    words: {
      en: {
        consultant: {
          subject: 'Please connect your calendar again',
          heading: 'Your calendar is disconnected',
          intro:
            '{{calendarProvider}} no longer lets us in to {{calendarAccount}}. Until you connect it again we go by your last known appointments, and new sessions do not appear in your calendar.',
          action: 'Connect again',
        },
      },
      de: {
        consultant: {
          subject: 'Bitte verbinden Sie Ihren Kalender neu',
          heading: 'Ihr Kalender ist getrennt',
          intro:
            '{{calendarProvider}} lässt uns nicht mehr in {{calendarAccount}}. Bis Sie ihn neu verbinden, richten wir uns nach Ihren zuletzt bekannten Terminen, und neue Termine erscheinen nicht in Ihrem Kalender.',
          action: 'Neu verbinden',
        },
      },
    },
  }),
  calendar_stale: defineTranslatedMessage({
    label: { en: 'Calendar cannot be read', de: 'Kalender nicht lesbar' },
    type: 'calendar_disconnected',
    audiences: ['consultant', 'operations'],
    category: 'transactional',
    primary: 'account',
    data: z.object({ calendar }),
    words: {
      en: {
        consultant: {
          subject: 'Your calendar has not answered for a day',
          heading: 'We cannot read your calendar',
          intro:
            '{{calendarProvider}} has not answered for {{calendarAccount}} for a day. We go by your last known appointments and keep trying. Please see whether it is still there.',
          action: 'Look at it',
        },
        operations: {
          subject: 'A calendar has not answered for a day: {{calendarAccount}}',
          heading: 'A calendar cannot be read',
          intro:
            '{{calendarProvider}} has not answered for {{calendarAccount}} for a day. The last known appointments go on blocking its owner.',
          action: 'Look at it',
        },
      },
      de: {
        consultant: {
          subject: 'Ihr Kalender antwortet seit einem Tag nicht',
          heading: 'Wir können Ihren Kalender nicht lesen',
          intro:
            '{{calendarProvider}} antwortet für {{calendarAccount}} seit einem Tag nicht. Wir richten uns nach Ihren zuletzt bekannten Terminen und versuchen es weiter. Bitte sehen Sie nach, ob es ihn noch gibt.',
          action: 'Nachsehen',
        },
        operations: {
          subject: 'Ein Kalender antwortet seit einem Tag nicht: {{calendarAccount}}',
          heading: 'Ein Kalender ist nicht lesbar',
          intro:
            '{{calendarProvider}} antwortet für {{calendarAccount}} seit einem Tag nicht. Die zuletzt bekannten Termine gelten weiter.',
          action: 'Nachsehen',
        },
      },
    },
  }),
  calendar_moved: defineTranslatedMessage({
    label: { en: 'Session moved in the calendar', de: 'Termin im Kalender verschoben' },
    type: 'calendar_conflict',
    audiences: ['consultant'],
    category: 'transactional',
    primary: 'decide',
    onlyWhile: { session: ['scheduled'] },
    data: z.object({ session, difference }),
    words: {
      en: {
        consultant: {
          subject: 'You moved {{serviceName}} with {{customerName}} in your calendar',
          heading: 'What should happen to this session?',
          intro:
            'In your calendar the session with {{customerName}} is on {{calendarWhen}} now. The customer still expects it on {{when}}. Propose the new time, or put it back.',
          action: 'Decide',
        },
      },
      de: {
        consultant: {
          subject: 'Im Kalender verschoben: {{serviceName}} mit {{customerName}}',
          heading: 'Was soll mit diesem Termin geschehen?',
          intro:
            'In Ihrem Kalender liegt der Termin mit {{customerName}} jetzt am {{calendarWhen}}. Erwartet werden Sie weiterhin am {{when}}. Schlagen Sie die neue Zeit vor, oder legen Sie ihn zurück.',
          action: 'Entscheiden',
        },
      },
    },
  }),
  calendar_deleted: defineTranslatedMessage({
    label: { en: 'Session deleted in the calendar', de: 'Termin im Kalender gelöscht' },
    type: 'calendar_conflict',
    audiences: ['consultant'],
    category: 'transactional',
    primary: 'decide',
    onlyWhile: { session: ['scheduled'] },
    data: z.object({ session, difference }),
    words: {
      en: {
        consultant: {
          subject: 'You deleted {{serviceName}} with {{customerName}} from your calendar',
          heading: 'What should happen to this session?',
          intro:
            'The session with {{customerName}} on {{when}} is gone from your calendar. It is still booked, and the customer expects it. Put it back, or cancel it.',
          action: 'Decide',
        },
      },
      de: {
        consultant: {
          subject: 'Im Kalender gelöscht: {{serviceName}} mit {{customerName}}',
          heading: 'Was soll mit diesem Termin geschehen?',
          intro:
            'Der Termin mit {{customerName}} am {{when}} steht nicht mehr in Ihrem Kalender. Gebucht ist er weiterhin, und Sie werden erwartet. Tragen Sie ihn wieder ein, oder sagen Sie ab.',
          action: 'Entscheiden',
        },
      },
    },
  }),
  calendar_conflict: defineTranslatedMessage({
    label: { en: 'Appointment at the time of a session', de: 'Anderer Eintrag zur Zeit eines Termins' },
    type: 'calendar_conflict',
    audiences: ['consultant'],
    category: 'transactional',
    primary: 'decide',
    onlyWhile: { session: ['scheduled'] },
    data: z.object({ session, difference }),
    words: {
      en: {
        consultant: {
          subject: 'Two appointments at once: {{serviceName}} with {{customerName}}, {{when}}',
          heading: 'Your calendar has something else at that time',
          intro:
            'The session with {{customerName}} on {{when}} overlaps another appointment in your calendar. It stays booked unless you decide otherwise.',
          action: 'Decide',
        },
      },
      de: {
        consultant: {
          subject: 'Zwei Termine zugleich: {{serviceName}} mit {{customerName}}, {{when}}',
          heading: 'In Ihrem Kalender steht zu dieser Zeit noch etwas',
          intro:
            'Der Termin mit {{customerName}} am {{when}} überschneidet sich mit einem anderen in Ihrem Kalender. Er bleibt gebucht, wenn Sie nichts anderes entscheiden.',
          action: 'Entscheiden',
        },
      },
    },
  }),
  time_proposed: defineTranslatedMessage({
    label: { en: 'New time proposed', de: 'Neue Zeit vorgeschlagen' },
    type: 'request_proposed',
    audiences: ['customer'],
    category: 'transactional',
    primary: 'decide',
    onlyWhile: { session: ['scheduled'] },
    data: z.object({ session, difference }),
    words: {
      en: {
        customer: {
          subject: '{{consultantName}} proposes another time for {{serviceName}}',
          heading: 'Would another time suit you?',
          intro:
            '{{consultantName}} would like to move your session from {{when}} to {{calendarWhen}}. It stays as it is until you say yes.',
          action: 'Answer',
        },
      },
      de: {
        customer: {
          subject: '{{consultantName}} schlägt eine andere Zeit vor: {{serviceName}}',
          heading: 'Passt Ihnen eine andere Zeit?',
          intro:
            '{{consultantName}} möchte Ihren Termin vom {{when}} auf {{calendarWhen}} verlegen. Er bleibt, wie er ist, bis Sie zustimmen.',
          action: 'Antworten',
        },
      },
    },
  }),
  proposal_declined: defineTranslatedMessage({
    label: { en: 'Proposed time declined', de: 'Vorgeschlagene Zeit abgelehnt' },
    type: 'calendar_conflict',
    audiences: ['consultant'],
    category: 'transactional',
    primary: 'manage',
    onlyWhile: { session: ['scheduled'] },
    data: z.object({ session, difference }),
    words: {
      en: {
        consultant: {
          subject: '{{customerName}} keeps the agreed time: {{serviceName}}, {{when}}',
          heading: 'The session stays where it was',
          intro:
            '{{customerName}} cannot make {{calendarWhen}}. The session stays on {{when}}, and so does your calendar.',
          action: openSession.en,
        },
      },
      de: {
        consultant: {
          subject: '{{customerName}} bleibt bei der vereinbarten Zeit: {{serviceName}}, {{when}}',
          heading: 'Der Termin bleibt, wo er war',
          intro:
            '{{customerName}} kann am {{calendarWhen}} nicht. Der Termin bleibt am {{when}}, auch in Ihrem Kalender.',
          action: openSession.de,
        },
      },
    },
  }),
}

type CalendarMessages = typeof calendarMessageKinds

declare module '#notifications/message-kinds' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Its rows are the members.
  interface MessageKinds extends CalendarMessages {}
}
