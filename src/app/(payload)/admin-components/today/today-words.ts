import type { WaitingKind } from '#desk/today/waiting-lists'
import type { UnbookableReason } from '#desk/today/decide-unbookable'

const en = {
  staffAlone: 'This is for operations.',
  next: {
    title: 'Now and next',
    own: 'Your sessions: now and next',
    none: 'Nothing is booked from now on.',
    on: 'on now',
    time: 'Time',
    customer: 'Customer',
    consultant: 'Expert',
    serviceType: 'Service',
    state: 'State',
    within: (count: string) => (count === '0' ? 'Nothing in the next 24 hours' : `${count} in the next 24 hours`),
    all: 'All that comes',
  },
  waiting: {
    title: 'Waiting for somebody',
    none: 'Nothing waits for anybody.',
    turns: { operations: 'For us', consultant: 'For experts', customer: 'For customers', machine: 'Did not work' },
    ownTurns: { operations: 'For operations', consultant: 'For you', customer: 'For customers' },
    kinds: {
      disputes: 'Disputes to answer',
      claims: 'No-show claims',
      requests_to_assign: 'Requests without an expert',
      refunds_to_return: 'Refunds to return by hand',
      held_payouts: 'Payouts held back',
      findings: 'Differences from Stripe',
      reviews: 'Reviews to look at',
      sessions_to_close: 'Sessions that are over: held or missed?',
      sessions_to_confirm: 'Bookings to say yes or no to',
      requests_to_answer: 'Requests without times',
      differences: 'Differences from calendars',
      calendars: 'Calendars that are not read',
      unpaid_sessions: 'Sessions not paid yet',
      unconfirmed_mails: 'Bookings whose mail was not opened',
      proposed_times: 'Proposed times to choose from',
    } satisfies Record<WaitingKind, string> as Record<WaitingKind, string>,
  },
  money: {
    title: 'Money today',
    none: 'No money has moved today.',
    collected: 'Collected',
    refunded: 'Refunded',
    paidOut: 'Paid out',
    note: 'The day in UTC',
    more: 'Money overview',
  },
  experts: {
    title: 'Experts who cannot be booked',
    none: 'Every expert can be booked.',
    all: (count: string) => `All ${count}`,
    reasons: {
      draft: 'not published',
      hidden: 'not public',
      switched_off: 'takes no bookings',
      no_service: 'offers no active service',
      no_free_time: 'no free time in the next 60 days',
    } satisfies Record<UnbookableReason, string> as Record<UnbookableReason, string>,
  },
}

export type TodayWords = typeof en

const de: TodayWords = {
  staffAlone: 'Das ist für den Betrieb.',
  next: {
    title: 'Jetzt und als Nächstes',
    own: 'Ihre Termine: jetzt und als Nächstes',
    none: 'Ab jetzt ist nichts gebucht.',
    on: 'läuft',
    time: 'Zeit',
    customer: 'Kunde',
    consultant: 'Fachperson',
    serviceType: 'Leistung',
    state: 'Stand',
    within: (count) => (count === '0' ? 'Nichts in den nächsten 24 Stunden' : `${count} in den nächsten 24 Stunden`),
    all: 'Alles, was kommt',
  },
  waiting: {
    title: 'Wartet auf jemanden',
    none: 'Nichts wartet auf jemanden.',
    turns: { operations: 'Auf uns', consultant: 'Auf Fachleute', customer: 'Auf Kunden', machine: 'Ging nicht' },
    ownTurns: { operations: 'Auf den Betrieb', consultant: 'Auf Sie', customer: 'Auf Kunden' },
    kinds: {
      disputes: 'Reklamationen zu beantworten',
      claims: 'Gemeldetes Nichterscheinen',
      requests_to_assign: 'Anfragen ohne Fachperson',
      refunds_to_return: 'Von Hand zu erstatten',
      held_payouts: 'Zurückgehaltene Auszahlungen',
      findings: 'Abweichungen von Stripe',
      reviews: 'Bewertungen zu prüfen',
      sessions_to_close: 'Termine vorbei: gehalten oder versäumt?',
      sessions_to_confirm: 'Buchungen: zu- oder absagen',
      requests_to_answer: 'Anfragen ohne Zeiten',
      differences: 'Abweichungen von Kalendern',
      calendars: 'Kalender, die nicht gelesen werden',
      unpaid_sessions: 'Noch nicht bezahlte Termine',
      unconfirmed_mails: 'Buchungen, deren Mail nicht geöffnet ist',
      proposed_times: 'Vorgeschlagene Zeiten zur Wahl',
    },
  },
  money: {
    title: 'Geld heute',
    none: 'Heute hat sich kein Geld bewegt.',
    collected: 'Eingenommen',
    refunded: 'Erstattet',
    paidOut: 'Ausgezahlt',
    note: 'Der Tag in UTC',
    more: 'Geld im Überblick',
  },
  experts: {
    title: 'Fachleute, die nicht buchbar sind',
    none: 'Alle Fachleute sind buchbar.',
    all: (count) => `Alle ${count}`,
    reasons: {
      draft: 'nicht veröffentlicht',
      hidden: 'nicht öffentlich',
      switched_off: 'nimmt keine Buchungen an',
      no_service: 'bietet keine aktive Leistung',
      no_free_time: 'keine freie Zeit in den nächsten 60 Tagen',
    },
  },
}

/** The words of the dashboard in the language of whoever is logged in; English where there are none. */
export const todayWords = (language: string): TodayWords => (language === 'de' ? de : en)
