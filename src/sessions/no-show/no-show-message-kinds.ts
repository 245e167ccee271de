import { z } from 'zod'
import { defineTranslatedMessage } from '#notifications/message-kinds'
import { messageParts } from '#notifications/message-parts'
import type { Words } from '#shared/words'

const { session, reason, deadline } = messageParts
const viewBooking = { en: 'View your booking', de: 'Buchung ansehen' }
const openSession = { en: 'Open the session', de: 'Termin öffnen' }
const answer = { en: 'Answer', de: 'Antworten' }
const toBothSides = ['customer', 'consultant'] as const

const decidedSubject = {
  en: 'Decided: {{serviceName}} with {{other}}, {{when}}',
  de: 'Entschieden: {{serviceName}} mit {{other}}, {{when}}',
}

type Decided = {
  /** To the customer, and to the consultant. */
  heading: readonly [string, string]
  intro: string
  toCustomer?: string
  toConsultant?: string
}

/** How operations have decided, to both sides. */
const decided = (label: Words, said: Record<'en' | 'de', Decided>) => {
  const wordsIn = (language: 'en' | 'de') => {
    const { heading, intro, toCustomer = '', toConsultant = '' } = said[language]
    const subject = (other: string) => decidedSubject[language].replace('{{other}}', `{{${other}}}`)
    return {
      customer: {
        subject: subject('consultantName'),
        heading: heading[0],
        intro: intro + toCustomer,
        action: viewBooking[language],
      },
      consultant: {
        subject: subject('customerName'),
        heading: heading[1],
        intro: intro + toConsultant,
        action: openSession[language],
      },
    }
  }
  return defineTranslatedMessage({
    label,
    type: 'no_show',
    audiences: toBothSides,
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, reason }),
    words: { en: wordsIn('en'), de: wordsIn('de') },
  })
}

/** What is said about a claim that one side did not come, against which something speaks. */
export const noShowMessageKinds = {
  no_show_claim_received: defineTranslatedMessage({
    label: {
      en: 'Missed session claimed: to whoever claims it',
      de: 'Nichterscheinen gemeldet: an die meldende Seite',
    },
    type: 'no_show',
    audiences: toBothSides,
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, deadline }),
    words: {
      en: {
        customer: {
          subject: 'We look into it: {{serviceName}} with {{consultantName}}, {{when}}',
          heading: 'We have your report',
          intro:
            'You told us that {{consultantName}} did not come on {{when}}. What we know of the session says otherwise, so we ask {{consultantName}} and then decide. You hear from us.',
          action: viewBooking.en,
        },
        consultant: {
          subject: 'We look into it: {{serviceName}} with {{customerName}}, {{when}}',
          heading: 'We have your report',
          intro:
            'You told us that {{customerName}} did not come on {{when}}. What we know of the session says otherwise, so we ask {{customerName}} and then decide. Your payout waits until then.',
          action: openSession.en,
        },
      },
      de: {
        customer: {
          subject: 'Wir gehen dem nach: {{serviceName}} mit {{consultantName}}, {{when}}',
          heading: 'Ihre Meldung ist angekommen',
          intro:
            'Sie haben uns gesagt, dass {{consultantName}} nicht gekommen ist ({{when}}). Was wir von dem Termin wissen, spricht dagegen. Deshalb fragen wir {{consultantName}} und entscheiden dann. Sie hören von uns.',
          action: viewBooking.de,
        },
        consultant: {
          subject: 'Wir gehen dem nach: {{serviceName}} mit {{customerName}}, {{when}}',
          heading: 'Ihre Meldung ist angekommen',
          intro:
            'Sie haben uns gesagt, dass {{customerName}} nicht gekommen ist ({{when}}). Was wir von dem Termin wissen, spricht dagegen. Deshalb fragen wir {{customerName}} und entscheiden dann. Ihre Auszahlung wartet so lange.',
          action: openSession.de,
        },
      },
    },
  }),
  no_show_claim_to_answer: defineTranslatedMessage({
    label: { en: 'Missed session claimed: to the other side', de: 'Nichterscheinen gemeldet: an die andere Seite' },
    type: 'no_show',
    audiences: toBothSides,
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, reason, deadline }),
    words: {
      en: {
        customer: {
          subject: 'Please answer by {{deadline}}: were you there? {{serviceName}}, {{when}}',
          heading: '{{consultantName}} says that you did not come',
          intro:
            '{{consultantName}} says that you were not there on {{when}}. Please tell us how it was. Nothing is decided before.',
          action: answer.en,
        },
        consultant: {
          subject: 'Please answer by {{deadline}}: were you there? {{serviceName}}, {{when}}',
          heading: '{{customerName}} says that you did not come',
          intro:
            '{{customerName}} says that you were not there on {{when}}. Please tell us how it was. Nothing is decided before, and your payout waits until then.',
          action: answer.en,
        },
      },
      de: {
        customer: {
          subject: 'Bitte antworten Sie bis {{deadline}}: Waren Sie da? {{serviceName}}, {{when}}',
          heading: '{{consultantName}} sagt, dass Sie nicht gekommen sind',
          intro:
            '{{consultantName}} sagt, dass Sie nicht da waren ({{when}}). Bitte sagen Sie uns, wie es war. Vorher wird nichts entschieden.',
          action: answer.de,
        },
        consultant: {
          subject: 'Bitte antworten Sie bis {{deadline}}: Waren Sie da? {{serviceName}}, {{when}}',
          heading: '{{customerName}} sagt, dass Sie nicht gekommen sind',
          intro:
            '{{customerName}} sagt, dass Sie nicht da waren ({{when}}). Bitte sagen Sie uns, wie es war. Vorher wird nichts entschieden, und Ihre Auszahlung wartet so lange.',
          action: answer.de,
        },
      },
    },
  }),
  no_show_claim_raised: defineTranslatedMessage({
    label: { en: 'Missed session claimed: to operations', de: 'Nichterscheinen gemeldet: an das Betriebsteam' },
    type: 'no_show',
    audiences: ['operations'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, reason, deadline }),
    words: {
      en: {
        operations: {
          subject: 'To decide: who did not come to {{reference}}',
          heading: 'One side claims that the other did not come',
          intro:
            'What is known of {{serviceName}} on {{when}} speaks against it, so you decide. The other side is asked to answer; refund and payout wait.',
          action: openSession.en,
        },
      },
      de: {
        operations: {
          subject: 'Zu entscheiden: Wer kam nicht zu {{reference}}',
          heading: 'Eine Seite gibt an, dass die andere nicht gekommen ist',
          intro:
            'Was von {{serviceName}} ({{when}}) bekannt ist, spricht dagegen, daher entscheiden Sie. Die andere Seite ist um Antwort gebeten; Erstattung und Auszahlung warten.',
          action: openSession.de,
        },
      },
    },
  }),
  no_show_claim_overdue: defineTranslatedMessage({
    label: { en: 'Missed session claimed: still to decide', de: 'Nichterscheinen gemeldet: noch zu entscheiden' },
    type: 'no_show',
    audiences: ['operations'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session, deadline }),
    words: {
      en: {
        operations: {
          subject: 'Still to decide: who did not come to {{reference}}',
          heading: 'A claim waits for your decision',
          intro:
            'One side claims that the other did not come to {{serviceName}} on {{when}}. The time to answer is over. Nothing moves until you have decided.',
          action: openSession.en,
        },
      },
      de: {
        operations: {
          subject: 'Noch zu entscheiden: Wer kam nicht zu {{reference}}',
          heading: 'Eine Meldung wartet auf Ihre Entscheidung',
          intro:
            'Eine Seite gibt an, dass die andere nicht zu {{serviceName}} gekommen ist ({{when}}). Die Zeit für eine Antwort ist vorbei. Nichts geht weiter, bis Sie entschieden haben.',
          action: openSession.de,
        },
      },
    },
  }),
  no_show_claim_granted: decided(
    { en: 'Missed session claimed: granted', de: 'Nichterscheinen gemeldet: anerkannt' },
    {
      en: {
        heading: ['The claim about your session was granted', 'The claim about a session was granted'],
        intro: 'We have looked into what was said about {{when}}, and the session counts as missed as it was claimed.',
        toCustomer: ' What that means for the price, we tell you in another mail.',
      },
      de: {
        heading: ['Der Meldung zu Ihrem Termin wurde stattgegeben', 'Der Meldung zu einem Termin wurde stattgegeben'],
        intro:
          'Wir sind dem nachgegangen, was über den Termin gesagt wurde ({{when}}): Er gilt als verpasst, wie es gemeldet wurde.',
        toCustomer: ' Was das für den Preis heißt, steht in einer eigenen Mail.',
      },
    },
  ),
  no_show_claim_rejected: decided(
    { en: 'Missed session claimed: rejected', de: 'Nichterscheinen gemeldet: abgelehnt' },
    {
      en: {
        heading: ['The claim about your session was rejected', 'The claim about a session was rejected'],
        intro:
          'We have looked into what was said about {{when}}. The session does not count as missed as it was claimed.',
        toConsultant: ' Your payout goes on.',
      },
      de: {
        heading: ['Die Meldung zu Ihrem Termin wurde abgelehnt', 'Die Meldung zu einem Termin wurde abgelehnt'],
        intro:
          'Wir sind dem nachgegangen, was über den Termin gesagt wurde ({{when}}). Er gilt nicht als verpasst, wie es gemeldet wurde.',
        toConsultant: ' Ihre Auszahlung geht weiter.',
      },
    },
  ),
  no_show_claim_withdrawn: defineTranslatedMessage({
    label: { en: 'Missed session claimed: no longer', de: 'Nichterscheinen gemeldet: zurückgezogen' },
    type: 'no_show',
    audiences: ['customer', 'consultant', 'operations'],
    category: 'transactional',
    primary: 'manage',
    data: z.object({ session }),
    words: {
      en: {
        customer: {
          subject: 'Settled: {{serviceName}} with {{consultantName}}, {{when}}',
          heading: 'Nobody claims any more that you did not come',
          intro: 'The claim about your session on {{when}} was withdrawn. You need not do anything.',
          action: viewBooking.en,
        },
        consultant: {
          subject: 'Settled: {{serviceName}} with {{customerName}}, {{when}}',
          heading: 'Nobody claims any more that you did not come',
          intro: 'The claim about the session on {{when}} was withdrawn. You need not do anything.',
          action: openSession.en,
        },
        operations: {
          subject: 'Settled: the claim about {{reference}}',
          heading: 'A claim was withdrawn',
          intro: 'Nobody claims any more that one side did not come to {{serviceName}} on {{when}}.',
          action: openSession.en,
        },
      },
      de: {
        customer: {
          subject: 'Erledigt: {{serviceName}} mit {{consultantName}}, {{when}}',
          heading: 'Niemand sagt mehr, dass Sie nicht gekommen sind',
          intro: 'Die Meldung zu Ihrem Termin ({{when}}) wurde zurückgezogen. Sie brauchen nichts zu tun.',
          action: viewBooking.de,
        },
        consultant: {
          subject: 'Erledigt: {{serviceName}} mit {{customerName}}, {{when}}',
          heading: 'Niemand sagt mehr, dass Sie nicht gekommen sind',
          intro: 'Die Meldung zum Termin ({{when}}) wurde zurückgezogen. Sie brauchen nichts zu tun.',
          action: openSession.de,
        },
        operations: {
          subject: 'Erledigt: die Meldung zu {{reference}}',
          heading: 'Eine Meldung wurde zurückgezogen',
          intro: 'Niemand gibt mehr an, dass eine Seite nicht zu {{serviceName}} gekommen ist ({{when}}).',
          action: openSession.de,
        },
      },
    },
  }),
}

type NoShowMessages = typeof noShowMessageKinds

declare module '#notifications/message-kinds' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Its rows are the members.
  interface MessageKinds extends NoShowMessages {}
}
