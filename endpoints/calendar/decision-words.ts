import type { DifferenceDecision, DifferenceState } from '#calendar/entries/event-states'
import type { PageLanguage } from '../support/page-language'

type DifferenceWords = {
  question: string
  nothingOpen: string
  done: string
  until: (when: string) => string
  /** What is booked. */
  session: (service: string, customer: string, when: string) => string
  deleted: string
  otherDay: string
  moved: (when: string) => string
  somethingElse: (when: string) => string
  labels: Record<DifferenceDecision, string>
  doneText: Record<DifferenceDecision, string>
  /** What became of one that needs no answer any more. */
  endedText: Record<DifferenceState, string>
}

type ProposalWords = {
  question: string
  stands: string
  session: (service: string, consultant: string) => string
  agreed: (when: string) => string
  proposed: (when: string) => string
  until: (when: string) => string
  accept: string
  decline: string
  thanks: string
  accepted: string
  declined: string
  ends: Record<'answered' | 'over', string>
}

/** The page on which a consultant decides about a difference. */
export const differenceWords: Record<PageLanguage['language'], DifferenceWords> = {
  en: {
    question: 'What should happen to this session?',
    nothingOpen: 'There is nothing to decide any more',
    done: 'Done',
    until: (when) => `You can answer until ${when}.`,
    session: (service, customer, when) => `${service} with ${customer}, ${when}`,
    deleted: 'Somebody deleted it from your calendar. It is still booked.',
    otherDay: 'Your calendar has it on another day now. It is still booked as above.',
    moved: (when) => `In your calendar it is on ${when} now.`,
    somethingElse: (when) => `Your calendar has something else from ${when}.`,
    labels: {
      propose: 'Propose the new time to the customer',
      put_back: 'Put it back in my calendar',
      cancel: 'Cancel the session',
      keep: 'Keep the session as it is',
    },
    doneText: {
      propose: 'The customer is asked. Until they say yes, the session stays where it was.',
      put_back: 'It will be back in your calendar in a moment.',
      cancel: 'The session is cancelled; the customer is told, and what they paid goes back.',
      keep: 'The session stays as it is.',
    },
    endedText: {
      open: 'The session is over or was called off, so the time to answer has ended.',
      proposed: 'The session is over or was called off, so the time to answer has ended.',
      put_back: 'It was decided to put the session back in your calendar.',
      moved: 'The session was moved to the new time.',
      cancelled: 'It was decided to cancel the session.',
      kept: 'It was decided to keep the session as it is.',
      settled: 'It settled itself.',
    },
  },
  de: {
    question: 'Was soll mit diesem Termin geschehen?',
    nothingOpen: 'Hier gibt es nichts mehr zu entscheiden',
    done: 'Erledigt',
    until: (when) => `Sie können bis ${when} antworten.`,
    session: (service, customer, when) => `${service} mit ${customer}, ${when}`,
    deleted: 'Jemand hat ihn aus Ihrem Kalender gelöscht. Er ist noch gebucht.',
    otherDay: 'In Ihrem Kalender steht er jetzt an einem anderen Tag. Gebucht ist er noch wie oben.',
    moved: (when) => `In Ihrem Kalender steht er jetzt am ${when}.`,
    somethingElse: (when) => `In Ihrem Kalender steht etwas anderes, ab ${when}.`,
    labels: {
      propose: 'Die neue Zeit vorschlagen',
      put_back: 'Wieder in meinen Kalender eintragen',
      cancel: 'Den Termin absagen',
      keep: 'Den Termin lassen, wie er ist',
    },
    doneText: {
      propose: 'Die Kundin oder der Kunde wird gefragt. Bis zur Zusage bleibt der Termin, wo er war.',
      put_back: 'Er steht gleich wieder in Ihrem Kalender.',
      cancel: 'Der Termin ist abgesagt. Die Kundin oder der Kunde erfährt es, und was bezahlt wurde, geht zurück.',
      keep: 'Der Termin bleibt, wie er ist.',
    },
    endedText: {
      open: 'Der Termin ist vorbei oder wurde abgesagt; deshalb kann man nicht mehr antworten.',
      proposed: 'Der Termin ist vorbei oder wurde abgesagt; deshalb kann man nicht mehr antworten.',
      put_back: 'Es wurde entschieden, den Termin wieder in Ihren Kalender einzutragen.',
      moved: 'Der Termin wurde auf die neue Zeit verschoben.',
      cancelled: 'Es wurde entschieden, den Termin abzusagen.',
      kept: 'Es wurde entschieden, den Termin zu lassen, wie er ist.',
      settled: 'Es hat sich von selbst erledigt.',
    },
  },
}

/** The page on which a customer answers to another time. */
export const proposalWords: Record<PageLanguage['language'], ProposalWords> = {
  en: {
    question: 'Would another time suit you?',
    stands: 'This proposal does not stand any more',
    session: (service, consultant) => `${service} with ${consultant}`,
    agreed: (when) => `Agreed: ${when}`,
    proposed: (when) => `Proposed: ${when}`,
    until: (when) => `You can answer until ${when}.`,
    accept: 'Take the new time',
    decline: 'Keep the agreed time',
    thanks: 'Thank you',
    accepted: 'Your session is at the new time. You will get a mail about it.',
    declined: 'Your session stays at the agreed time.',
    ends: {
      answered: 'This proposal was answered already, or does not stand any more.',
      over: 'The time to answer this proposal is over. The session stays at the agreed time.',
    },
  },
  de: {
    question: 'Würde Ihnen eine andere Zeit passen?',
    stands: 'Dieser Vorschlag gilt nicht mehr',
    session: (service, consultant) => `${service} mit ${consultant}`,
    agreed: (when) => `Vereinbart: ${when}`,
    proposed: (when) => `Vorgeschlagen: ${when}`,
    until: (when) => `Sie können bis ${when} antworten.`,
    accept: 'Die neue Zeit nehmen',
    decline: 'Die vereinbarte Zeit behalten',
    thanks: 'Vielen Dank',
    accepted: 'Ihr Termin ist jetzt zur neuen Zeit. Sie bekommen eine Mail dazu.',
    declined: 'Ihr Termin bleibt zur vereinbarten Zeit.',
    ends: {
      answered: 'Auf diesen Vorschlag wurde schon geantwortet, oder er gilt nicht mehr.',
      over: 'Die Zeit, auf diesen Vorschlag zu antworten, ist vorbei. Der Termin bleibt zur vereinbarten Zeit.',
    },
  },
}
