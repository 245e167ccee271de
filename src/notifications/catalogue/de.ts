import type { Phrases } from './catalogue-words'

export const de: Phrases = {
  greeting: 'Guten Tag {{recipientName}},',
  greetingWithoutName: 'Guten Tag,',
  neutral: { customerName: 'Sie', senderName: 'Jemand', problem: 'Ihre Anfrage' },
  why: {
    customer: 'Sie erhalten diese E-Mail, weil Sie über {{brandName}} eine Beratung gebucht oder angefragt haben.',
    consultant: 'Sie erhalten diese E-Mail, weil Sie über {{brandName}} beraten.',
    operations: 'Sie erhalten diese E-Mail, weil Sie {{brandName}} betreuen.',
    account: 'Sie erhalten diese E-Mail, weil diese Adresse für eine Anmeldung bei {{brandName}} angegeben wurde.',
  },
  facts: {
    service: 'Leistung',
    when: 'Wann',
    previously: 'Vorher',
    consultant: 'Mit',
    customer: 'Kundin oder Kunde',
    price: 'Preis',
    paid: 'Bezahlt',
    refund: 'Erstattung',
    join: 'Link zum Gespräch',
    reference: 'Buchungscode',
    paymentReference: 'Zahlung',
    invoice: 'Rechnung',
    receipt: 'Beleg',
    reason: 'Grund',
    problem: 'Worum es geht',
    proposedTimes: 'Vorgeschlagene Zeiten',
    answerBy: 'Antwort bis',
    payBy: 'Zahlen bis',
    availableUntil: 'Verfügbar bis',
    rating: 'Bewertung',
    payout: 'Auszahlung',
    debt: 'Zurückzugeben',
    disputed: 'Bestritten',
    disputeReference: 'Zahlungsstreit',
    inCalendar: 'In Ihrem Kalender',
  },
  cancelledBy: {
    customer: {
      customer: 'Sie haben ihn abgesagt.',
      consultant: '{{consultantName}} musste ihn absagen.',
      operations: 'Unser Team musste ihn absagen.',
      payment: 'Die Reservierung auf Ihrer Karte war abgelaufen, sie konnte nicht mehr belastet werden.',
    },
    consultant: {
      customer: 'Die Absage kam von {{customerName}}.',
      consultant: 'Sie haben ihn abgesagt.',
      operations: 'Das Betreuungsteam hat ihn abgesagt.',
      payment: 'Die Karte von {{customerName}} konnte nicht belastet werden.',
    },
    operations: {
      customer: 'Die Absage kam von {{customerName}}.',
      consultant: 'Die Absage kam von {{consultantName}}.',
      operations: 'Das Betreuungsteam hat ihn abgesagt.',
      payment: 'Die Karte von {{customerName}} konnte nicht belastet werden.',
    },
  },
  movedBy: {
    customer: {
      customer: 'Sie haben ihn verschoben.',
      consultant: '{{consultantName}} hat ihn verschoben.',
      operations: 'Unser Team hat ihn verschoben.',
    },
    consultant: {
      customer: '{{customerName}} hat ihn verschoben.',
      consultant: 'Sie haben ihn verschoben.',
      operations: 'Das Betreuungsteam hat ihn verschoben.',
    },
    operations: {
      customer: '{{customerName}} hat ihn verschoben.',
      consultant: '{{consultantName}} hat ihn verschoben.',
      operations: 'Das Betreuungsteam hat ihn verschoben.',
    },
  },
  waitedFor: {
    payment: {
      customer: 'Es ist keine Zahlung rechtzeitig eingegangen. Es wurde nichts abgebucht.',
      consultant: 'Sie wurde nicht rechtzeitig bezahlt.',
      operations: 'Sie wurde nicht rechtzeitig bezahlt.',
    },
    confirmation: {
      customer: 'Es kam keine rechtzeitige Antwort. Es wurde nichts abgebucht.',
      consultant: 'Sie wurde nicht rechtzeitig beantwortet.',
      operations: 'Sie wurde nicht rechtzeitig beantwortet.',
    },
    authorization: {
      customer: 'Die Reservierung auf Ihrer Karte lief ab, bevor es eine Antwort gab. Es wurde nichts abgebucht.',
      consultant: 'Die Reservierung auf der Karte von {{customerName}} lief ab, bevor sie beantwortet wurde.',
      operations: 'Die Reservierung auf der Karte von {{customerName}} lief ab, bevor sie beantwortet wurde.',
    },
  },
  missing: {
    customer: {
      customer: 'Sie wurden erwartet, haben aber nicht teilgenommen.',
      consultant: '{{customerName}} hat nicht teilgenommen.',
      operations: '{{customerName}} hat nicht teilgenommen.',
    },
    consultant: {
      customer: '{{consultantName}} hat nicht teilgenommen. Das tut uns leid.',
      consultant: 'Sie haben nicht teilgenommen.',
      operations: '{{consultantName}} hat nicht teilgenommen.',
    },
  },
  heldReasons: {
    no_account: {
      consultant: 'Wir wissen noch nicht, wohin wir zahlen sollen: Bitte richten Sie in Ihrem Profil Ihr Konto ein.',
      operations: '{{consultantName}} hat noch kein Konto eingerichtet.',
    },
    account_incomplete: {
      consultant: 'Stripe braucht noch Angaben von Ihnen: Bitte vervollständigen Sie Ihr Konto.',
      operations: 'Für das Konto fehlen noch Angaben, oder Stripe prüft sie.',
    },
    account_restricted: {
      consultant: 'Stripe hat Ihr Konto eingeschränkt: Bitte sehen Sie dort nach, was fehlt.',
      operations: 'Stripe hat das Konto eingeschränkt.',
    },
    account_disconnected: {
      consultant: 'Ihr Konto ist nicht mehr verbunden: Bitte verbinden Sie eines.',
      operations: 'Das Konto ist nicht mehr verbunden.',
    },
    disputed: {
      consultant: 'Die Zahlung wird bei der Bank bestritten.',
      operations: 'Die Zahlung wird bestritten.',
    },
    refused: {
      consultant: 'Stripe hat die Überweisung nicht angenommen. Unser Team kümmert sich; Sie brauchen nichts zu tun.',
      operations:
        'Stripe hat die Überweisung abgelehnt. Sehen Sie nach dem Grund und versuchen Sie es bei der Zahlung noch einmal.',
    },
    by_operations: {
      consultant: 'Unser Team hält sie zurück und meldet sich, wenn etwas zu tun ist.',
      operations: 'Das Betreuungsteam hält sie zurück.',
    },
    no_show_claim: {
      consultant:
        'Eine Seite sagt, dass die andere nicht gekommen ist. Es geht weiter, sobald unser Team darüber entschieden hat.',
      operations:
        'Eine Seite gibt an, dass die andere nicht gekommen ist. Entscheiden Sie darüber, dann geht die Auszahlung weiter.',
    },
    paid_elsewhere: {
      consultant: 'Es wurde nicht online bezahlt, daher zahlt unser Team Ihren Anteil von Hand aus.',
      operations: 'Es wurde nicht über Stripe bezahlt: Ausgezahlt wird erst, wenn Sie es bei der Zahlung freigeben.',
    },
  },
  disputeOutcomes: {
    won: {
      consultant: 'Es wurde für uns entschieden: Ihr Anteil gehört Ihnen.',
      operations: 'Es wurde für uns entschieden: Auszahlung und Erstattungen gehen weiter.',
    },
    lost: {
      consultant: 'Es wurde für die Gegenseite entschieden: Die Zahlung ging zurück und Ihr Anteil mit ihr.',
      operations: 'Es wurde für die Gegenseite entschieden: Was ausgezahlt war, wird zurückgeholt.',
    },
    closed: {
      consultant: 'Die Bank hat ihre Anfrage geschlossen: Ihr Anteil gehört Ihnen.',
      operations: 'Die Bank hat ihre Anfrage geschlossen: Auszahlung und Erstattungen gehen weiter.',
    },
  },
  startsIn: { day: 'in etwa einem Tag', hour: 'in etwa einer Stunde' },
  ourTeam: 'Unser Team',
  refundComes:
    '{{refundAmount}} gehen auf dem Weg zurück, auf dem Sie bezahlt haben. Bis Ihre Bank es anzeigt, können zehn Werktage vergehen.',
  payoutsWait: 'Bis dahin warten die Auszahlungen. Es geht nichts davon verloren.',
  refundComesElsewhere: '{{refundAmount}} gehen auf dem Weg zurück, auf dem Sie bezahlt haben.',
  noRefund: 'Nach den Stornobedingungen Ihrer Buchung gibt es keine Erstattung.',
  notCharged: 'Sie zahlen nichts.',
  openRoom: 'Raum für das Gespräch öffnen',
  yes: 'Ja',
  no: 'Nein',
  openReceipt: 'Beleg öffnen',
  calendarAttached: 'Die angehängte Datei trägt den Termin in Ihren Kalender ein.',
  calendarCancelled: 'Die angehängte Datei entfernt den Termin aus Ihrem Kalender.',
  unrequested: 'Wenn Sie das nicht waren, brauchen Sie nichts zu tun.',
  minutes: '{{count}} Minuten',
  hours: '{{count}} Stunden',
  days: '{{count}} Tage',
}
