import type { Catalogue } from './catalogue-words'

const viewBooking = 'Buchung ansehen oder ändern'
const openSession = 'Termin öffnen'

export const de: Catalogue = {
  messages: {
    booking_confirmation: {
      customer: {
        subject: 'Bestätigt: {{serviceName}} mit {{consultantName}}, {{when}}',
        heading: 'Ihr Termin ist bestätigt',
        intro: '{{consultantName}} freut sich auf das Gespräch mit Ihnen am {{when}}.',
        action: viewBooking,
      },
      consultant: {
        subject: 'Neue Buchung: {{serviceName}} mit {{customerName}}, {{when}}',
        heading: 'Sie haben eine neue Buchung',
        intro: '{{customerName}} hat {{serviceName}} für {{when}} bei Ihnen gebucht.',
        action: openSession,
      },
    },
    booking_pending_payment: {
      customer: {
        subject: 'Bitte bezahlen und Termin sichern: {{serviceName}}, {{when}}',
        heading: 'Es fehlt nur noch die Zahlung',
        intro: 'Wir halten {{when}} mit {{consultantName}} für Sie frei. Bitte zahlen Sie {{price}} bis {{deadline}}.',
        action: '{{price}} bezahlen',
      },
    },
    booking_awaiting_confirmation: {
      customer: {
        subject: 'An {{consultantName}} gesendet: {{serviceName}}, {{when}}',
        heading: 'Wir warten auf {{consultantName}}',
        intro:
          'Wir haben {{consultantName}} gebeten, {{when}} zu bestätigen. Sie hören von uns, sobald die Antwort da ist.',
        action: viewBooking,
      },
      consultant: {
        subject: 'Bitte bestätigen: {{serviceName}} mit {{customerName}}, {{when}}',
        heading: 'Eine Buchung braucht Ihre Antwort',
        intro:
          '{{customerName}} möchte am {{when}} {{serviceName}} bei Ihnen. Bitte bestätigen Sie oder lehnen Sie ab.',
        action: 'Antworten',
      },
    },
    booking_declined: {
      customer: {
        subject: 'Nicht möglich: {{serviceName}} mit {{consultantName}}, {{when}}',
        heading: '{{consultantName}} konnte Ihre Buchung nicht annehmen',
        intro: 'Es tut uns leid: {{consultantName}} kann {{serviceName}} nicht zu dieser Zeit anbieten ({{when}}).',
        action: 'Ansehen, was möglich ist',
      },
    },
    booking_expired: {
      customer: {
        subject: 'Abgelaufen: {{serviceName}} mit {{consultantName}}, {{when}}',
        heading: 'Ihre Buchung ist abgelaufen',
        intro: 'Die Zeit {{when}} mit {{consultantName}} ist nicht mehr für Sie reserviert.',
        action: 'Ansehen, was möglich ist',
      },
      consultant: {
        subject: 'Abgelaufen: {{serviceName}} mit {{customerName}}, {{when}}',
        heading: 'Eine Buchung ist abgelaufen',
        intro: 'Die Buchung von {{customerName}} für {{when}} ist abgelaufen; die Zeit ist wieder frei.',
        action: openSession,
      },
    },
    booking_cancelled: {
      customer: {
        subject: 'Abgesagt: {{serviceName}} mit {{consultantName}}, {{when}}',
        heading: 'Ihr Termin ist abgesagt',
        intro: 'Der Termin mit {{consultantName}} ({{when}}) findet nicht statt.',
        action: 'Buchung ansehen',
      },
      consultant: {
        subject: 'Abgesagt: {{serviceName}} mit {{customerName}}, {{when}}',
        heading: 'Ein Termin ist abgesagt',
        intro: 'Der Termin mit {{customerName}} ({{when}}) findet nicht statt; die Zeit ist wieder frei.',
        action: openSession,
      },
    },
    booking_rescheduled: {
      customer: {
        subject: 'Neue Zeit: {{serviceName}} mit {{consultantName}}, {{when}}',
        heading: 'Ihr Termin hat eine neue Zeit',
        intro: 'Ihr Termin mit {{consultantName}} ist jetzt am {{when}}. Für Sie entstehen keine weiteren Kosten.',
        action: viewBooking,
      },
      consultant: {
        subject: 'Neue Zeit: {{serviceName}} mit {{customerName}}, {{when}}',
        heading: 'Ein Termin hat eine neue Zeit',
        intro: 'Der Termin mit {{customerName}} ist jetzt am {{when}}.',
        action: openSession,
      },
    },
    booking_reminder: {
      customer: {
        subject: 'Erinnerung: {{serviceName}} mit {{consultantName}}, {{when}}',
        heading: 'Ihr Termin beginnt {{startsIn}}',
        intro: 'Sie sprechen am {{when}} mit {{consultantName}}. Derselbe Link öffnet den Raum, wenn es so weit ist.',
        action: 'Am Termin teilnehmen',
      },
      consultant: {
        subject: 'Erinnerung: {{serviceName}} mit {{customerName}}, {{when}}',
        heading: 'Ein Termin beginnt {{startsIn}}',
        intro: 'Sie sprechen am {{when}} mit {{customerName}}.',
        action: 'Am Termin teilnehmen',
      },
    },
    session_started: {
      customer: {
        subject: '{{consultantName}} ist im Raum',
        heading: '{{consultantName}} wartet auf Sie',
        intro: 'Ihr Termin {{serviceName}} hat begonnen.',
        action: 'Jetzt teilnehmen',
      },
    },
    session_completed: {
      customer: {
        subject: 'Wie war Ihr Termin mit {{consultantName}}?',
        heading: 'Vielen Dank für das Gespräch',
        intro:
          'Wir hoffen, {{consultantName}} konnte helfen. Ihre Bewertung hilft anderen bei der Suche; sie dauert eine Minute.',
        action: 'Bewertung schreiben',
      },
    },
    no_show: {
      customer: {
        subject: 'Verpasst: {{serviceName}} mit {{consultantName}}, {{when}}',
        heading: 'Ihr Termin hat nicht stattgefunden',
        intro: 'Der Termin mit {{consultantName}} ({{when}}) wurde als verpasst vermerkt.',
        action: 'Buchung ansehen',
      },
      consultant: {
        subject: 'Verpasst: {{serviceName}} mit {{customerName}}, {{when}}',
        heading: 'Ein Termin hat nicht stattgefunden',
        intro: 'Der Termin mit {{customerName}} ({{when}}) wurde als verpasst vermerkt.',
        action: openSession,
      },
    },
    recording_ready: {
      customer: {
        subject: 'Die Aufzeichnung Ihres Termins mit {{consultantName}} ist da',
        heading: 'Ihre Aufzeichnung ist da',
        intro: 'Sie können die Aufzeichnung von {{serviceName}} mit {{consultantName}} jetzt ansehen.',
        action: 'Aufzeichnung ansehen',
      },
      consultant: {
        subject: 'Die Aufzeichnung Ihres Termins mit {{customerName}} ist da',
        heading: 'Eine Aufzeichnung ist da',
        intro: 'Sie können die Aufzeichnung von {{serviceName}} mit {{customerName}} jetzt ansehen.',
        action: openSession,
      },
    },
    payment_received: {
      customer: {
        subject: 'Zahlung eingegangen: {{paidAmount}} für {{serviceName}}',
        heading: 'Vielen Dank für Ihre Zahlung',
        intro: 'Wir haben {{paidAmount}} für {{serviceName}} mit {{consultantName}} erhalten.',
        action: 'Buchung ansehen',
      },
    },
    payment_failed: {
      customer: {
        subject: 'Ihre Zahlung für {{serviceName}} hat nicht geklappt',
        heading: 'Die Zahlung hat nicht geklappt',
        intro:
          'Es wurde nichts abgebucht. Ihre Zeit mit {{consultantName}} ({{when}}) ist noch eine Weile reserviert: Bitte versuchen Sie es noch einmal, vielleicht mit einer anderen Karte.',
        action: 'Noch einmal versuchen',
      },
    },
    late_payment_refunded: {
      customer: {
        subject: 'Ihre Zahlung kam zu spät und geht zurück',
        heading: 'Ihre Zahlung geht zurück',
        intro:
          'Ihre Zahlung für {{when}} mit {{consultantName}} kam an, als die Zeit schon vergeben war. Das tut uns leid. Wir überweisen den ganzen Betrag sofort zurück.',
        action: 'Buchung ansehen',
      },
      operations: {
        subject: 'Verspätete Zahlung zurückgeschickt: {{reference}}, {{refundAmount}}',
        heading: 'Eine verspätete Zahlung ging zurück',
        intro:
          '{{customerName}} hat {{reference}} bezahlt, als die Zeit schon vergeben war. {{refundAmount}} werden automatisch erstattet.',
        action: openSession,
      },
    },
    refund_processed: {
      customer: {
        subject: 'Ihre Erstattung über {{refundAmount}}',
        heading: 'Ihre Erstattung ist unterwegs',
        intro: 'Wir haben {{refundAmount}} für {{serviceName}} mit {{consultantName}} zurückgeschickt.',
        action: 'Buchung ansehen',
      },
    },
    refund_failed: {
      operations: {
        subject: 'Erstattung fehlgeschlagen: {{reference}}, {{refundAmount}}',
        heading: 'Eine Erstattung ist fehlgeschlagen',
        intro:
          '{{refundAmount}} für {{customerName}} konnten nicht erstattet werden. Das Geld liegt noch bei uns: Bitte überweisen Sie es auf anderem Weg zurück oder versuchen Sie es noch einmal.',
        action: openSession,
      },
    },
    refund_to_return: {
      operations: {
        subject: 'Von Ihnen zu erstatten: {{refundAmount}} für {{reference}}',
        heading: 'Eine Erstattung wartet auf Sie',
        intro:
          '{{customerName}} bekommt {{refundAmount}} zurück und hat nicht über Stripe bezahlt: Bitte zahlen Sie den Betrag auf demselben Weg zurück und vermerken Sie es bei der Zahlung, oder brechen Sie die Erstattung dort ab.',
        action: openSession,
      },
    },
    payout_made: {
      consultant: {
        subject: 'Ihre Auszahlung über {{payoutAmount}} für {{serviceName}}',
        heading: 'Wir haben Ihnen {{payoutAmount}} ausgezahlt',
        intro: 'Ihr Anteil für {{serviceName}} mit {{customerName}} ({{when}}) ist auf dem Weg zu Ihrem Konto.',
        action: openSession,
      },
    },
    payout_set_off: {
      consultant: {
        subject: '{{payoutAmount}} Ihrer Auszahlung wurden verrechnet',
        heading: '{{payoutAmount}} einer Auszahlung wurden verrechnet',
        intro:
          'Aus einem früheren Termin war noch etwas offen. {{payoutAmount}} Ihres Anteils für {{serviceName}} mit {{customerName}} ({{when}}) gleichen das aus.',
        action: openSession,
      },
    },
    payout_held: {
      consultant: {
        subject: 'Ihre Auszahlung über {{payoutAmount}} muss warten',
        heading: 'Eine Auszahlung muss warten',
        intro:
          '{{payoutAmount}} für {{serviceName}} mit {{customerName}} ({{when}}) können im Moment nicht ausgezahlt werden.',
        action: openSession,
      },
      operations: {
        subject: 'Auszahlung zurückgehalten: {{payoutAmount}} an {{consultantName}}, {{reference}}',
        heading: 'Eine Auszahlung ist zurückgehalten',
        intro: '{{payoutAmount}} für {{consultantName}} ({{reference}}) können im Moment nicht ausgezahlt werden.',
        action: openSession,
      },
    },
    debt_recorded: {
      consultant: {
        subject: '{{debtAmount}} behalten wir von Ihren nächsten Auszahlungen ein',
        heading: 'Eine Auszahlung geht zurück',
        intro:
          'Die Zahlung für {{serviceName}} mit {{customerName}} ({{when}}) ging zurück, nachdem Ihr Anteil ausgezahlt war. {{debtAmount}} ließen sich nicht von Ihrem Konto zurückholen; wir behalten sie von Ihren nächsten Auszahlungen ein.',
        action: openSession,
      },
      operations: {
        subject: 'Auszahlung ließ sich nicht zurückholen: {{debtAmount}} von {{consultantName}}, {{reference}}',
        heading: 'Eine Auszahlung ließ sich nicht zurückholen',
        intro:
          '{{consultantName}} schuldet {{debtAmount}} ({{reference}}): Stripe konnte das Geld nicht zurückholen. Es wird mit den nächsten Auszahlungen verrechnet.',
        action: openSession,
      },
    },
    dispute_opened: {
      consultant: {
        subject: '{{customerName}} bestreitet die Zahlung für {{serviceName}}, {{when}}',
        heading: 'Eine Zahlung wird bestritten',
        intro:
          '{{customerName}} bestreitet die Zahlung für {{serviceName}} ({{when}}) bei der Bank. Mit Ihrem Anteil geschieht nichts, bis die Bank entschieden hat. Unser Team antwortet der Bank und fragt Sie vielleicht, wie es war.',
        action: openSession,
      },
      operations: {
        subject: 'Zahlungsstreit {{disputeReference}}: {{disputedAmount}}, {{reference}}',
        heading: 'Eine Zahlung wird bestritten',
        intro:
          '{{customerName}} bestreitet {{disputedAmount}} für {{reference}} mit {{consultantName}} bei der Bank. Auszahlung und Erstattungen ruhen. Was für uns spricht, ist gesammelt: Bitte sehen Sie es durch und schicken Sie es rechtzeitig ab.',
        action: 'Zahlungsstreit öffnen',
      },
    },
    dispute_decided: {
      consultant: {
        subject: 'Entschieden: die bestrittene Zahlung für {{serviceName}}, {{when}}',
        heading: 'Ein Zahlungsstreit ist entschieden',
        intro: 'Die Bank hat über die Zahlung von {{customerName}} für {{serviceName}} ({{when}}) entschieden.',
        action: openSession,
      },
      operations: {
        subject: 'Zahlungsstreit {{disputeReference}} ist entschieden: {{disputedAmount}}, {{reference}}',
        heading: 'Ein Zahlungsstreit ist entschieden',
        intro: 'Die Bank hat über {{disputedAmount}} von {{customerName}} für {{reference}} entschieden.',
        action: 'Zahlungsstreit öffnen',
      },
    },
    request_received: {
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
    availability_request: {
      consultant: {
        subject: 'Können Sie helfen? {{serviceName}} für {{customerName}}',
        heading: 'Jemand bittet um Ihre Zeit',
        intro:
          '{{customerName}} fragt nach {{serviceName}}. Bitte schlagen Sie Zeiten vor, oder sagen Sie uns, dass es nicht geht.',
        action: 'Zeiten vorschlagen',
      },
    },
    request_assigned: {
      customer: {
        subject: '{{consultantName}} sieht sich Ihre Anfrage {{reference}} an',
        heading: 'Wir haben jemanden für Sie gefunden',
        intro: '{{consultantName}} sieht sich Ihre Anfrage an und schlägt Ihnen Zeiten vor.',
        action: 'Anfrage ansehen',
      },
    },
    request_proposed: {
      customer: {
        subject: '{{consultantName}} schlägt Ihnen Zeiten vor',
        heading: 'Wählen Sie eine Zeit',
        intro:
          '{{consultantName}} kann Ihnen bei {{serviceName}} zu diesen Zeiten helfen. Die zuerst gewählte gehört Ihnen.',
        action: 'Zeit wählen',
      },
    },
    request_rejected: {
      customer: {
        subject: 'Ihre Anfrage {{reference}}',
        heading: 'Wir können bei dieser Anfrage nicht helfen',
        intro: 'Es tut uns leid: Niemand kann Ihre Anfrage nach {{serviceName}} übernehmen.',
        action: 'Anfrage ansehen',
      },
    },
    request_expired: {
      customer: {
        subject: 'Ihre Anfrage {{reference}} ist abgelaufen',
        heading: 'Ihre Anfrage ist abgelaufen',
        intro:
          'Ihre Anfrage nach {{serviceName}} wurde nicht rechtzeitig abgeschlossen und ist beendet. Sie können jederzeit eine neue senden.',
        action: 'Anfrage ansehen',
      },
    },
    request_cancelled: {
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
    message_received: {
      customer: {
        subject: 'Eine Nachricht von {{senderName}}',
        heading: '{{senderName}} hat Ihnen geschrieben',
        intro: 'Sie haben eine Nachricht zu {{serviceName}} ({{when}}).',
        action: 'Buchung ansehen',
      },
      consultant: {
        subject: 'Eine Nachricht von {{senderName}}',
        heading: '{{senderName}} hat Ihnen geschrieben',
        intro: 'Sie haben eine Nachricht zu {{serviceName}} ({{when}}).',
        action: openSession,
      },
    },
    review_received: {
      consultant: {
        subject: '{{customerName}} hat Ihren Termin bewertet: {{rating}} von 5',
        heading: 'Sie haben eine neue Bewertung',
        intro: '{{customerName}} gab {{rating}} von 5 für {{serviceName}} ({{when}}).',
        action: 'Lesen und antworten',
      },
    },
    books_differ: {
      operations: {
        subject: 'Die Bücher und Stripe weichen voneinander ab: {{findings}} offen',
        heading: 'Die Bücher und Stripe weichen voneinander ab',
        intro:
          'Heute Nacht wurden die Bücher mit Stripe verglichen. Offene Abweichungen: {{findings}}. Deswegen wurde nichts bewegt: Bitte sehen Sie sich jede an.',
        action: 'Abweichungen ansehen',
      },
    },
    calendar_needs_reauth: {
      consultant: {
        subject: 'Bitte verbinden Sie Ihren Kalender neu',
        heading: 'Ihr Kalender ist getrennt',
        intro:
          '{{calendarProvider}} lässt uns nicht mehr in {{calendarAccount}}. Bis Sie ihn neu verbinden, richten wir uns nach Ihren zuletzt bekannten Terminen, und neue Termine erscheinen nicht in Ihrem Kalender.',
        action: 'Neu verbinden',
      },
    },
    payout_account_needs_details: {
      consultant: {
        subject: 'Ihr Auszahlungskonto braucht Angaben',
        heading: 'Stripe braucht etwas von Ihnen',
        intro:
          'Stripe, das Sie auszahlt, fragt nach weiteren Angaben zu Ihrem Konto. Sehen Sie nach, was fehlt; angegeben wird es auf einer Seite von Stripe.',
        action: 'Fehlende Angaben ansehen',
      },
      operations: {
        subject: 'Auszahlungskonto braucht Angaben: {{consultantName}}',
        heading: 'Ein Auszahlungskonto braucht Angaben',
        intro: 'Stripe fragt {{consultantName}} nach weiteren Angaben zum Auszahlungskonto. Wir haben das mitgeteilt.',
        action: 'Konto öffnen',
      },
    },
    payout_account_ready: {
      consultant: {
        subject: 'Sie können jetzt ausgezahlt werden',
        heading: 'Ihr Auszahlungskonto ist bereit',
        intro: 'Stripe hat alles, was nötig ist. Was Sie verdienen, wird ab jetzt auf Ihr Konto ausgezahlt.',
        action: 'Auszahlungen ansehen',
      },
    },
    calendar_stale: {
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
    calendar_moved: {
      consultant: {
        subject: 'Im Kalender verschoben: {{serviceName}} mit {{customerName}}',
        heading: 'Was soll mit diesem Termin geschehen?',
        intro:
          'In Ihrem Kalender liegt der Termin mit {{customerName}} jetzt am {{calendarWhen}}. Erwartet werden Sie weiterhin am {{when}}. Schlagen Sie die neue Zeit vor, oder legen Sie ihn zurück.',
        action: 'Entscheiden',
      },
    },
    calendar_deleted: {
      consultant: {
        subject: 'Im Kalender gelöscht: {{serviceName}} mit {{customerName}}',
        heading: 'Was soll mit diesem Termin geschehen?',
        intro:
          'Der Termin mit {{customerName}} am {{when}} steht nicht mehr in Ihrem Kalender. Gebucht ist er weiterhin, und Sie werden erwartet. Tragen Sie ihn wieder ein, oder sagen Sie ab.',
        action: 'Entscheiden',
      },
    },
    calendar_conflict: {
      consultant: {
        subject: 'Zwei Termine zugleich: {{serviceName}} mit {{customerName}}, {{when}}',
        heading: 'In Ihrem Kalender steht zu dieser Zeit noch etwas',
        intro:
          'Der Termin mit {{customerName}} am {{when}} überschneidet sich mit einem anderen in Ihrem Kalender. Er bleibt gebucht, wenn Sie nichts anderes entscheiden.',
        action: 'Entscheiden',
      },
    },
    time_proposed: {
      customer: {
        subject: '{{consultantName}} schlägt eine andere Zeit vor: {{serviceName}}',
        heading: 'Passt Ihnen eine andere Zeit?',
        intro:
          '{{consultantName}} möchte Ihren Termin vom {{when}} auf {{calendarWhen}} verlegen. Er bleibt, wie er ist, bis Sie zustimmen.',
        action: 'Antworten',
      },
    },
    proposal_declined: {
      consultant: {
        subject: '{{customerName}} bleibt bei der vereinbarten Zeit: {{serviceName}}, {{when}}',
        heading: 'Der Termin bleibt, wo er war',
        intro:
          '{{customerName}} kann am {{calendarWhen}} nicht. Der Termin bleibt am {{when}}, auch in Ihrem Kalender.',
        action: openSession,
      },
    },
    account_verify: {
      account: {
        subject: 'Bitte bestätigen Sie Ihre Adresse',
        heading: 'Ist das Ihre Adresse?',
        intro: 'Bitte bestätigen Sie, dass diese Adresse Ihnen gehört. Danach können Sie sich anmelden.',
        action: 'Ja, das ist meine Adresse',
      },
    },
    password_reset: {
      account: {
        subject: 'Neues Passwort wählen',
        heading: 'Neues Passwort wählen',
        intro: 'Jemand, vermutlich Sie, hat ein neues Passwort angefordert. Der Link gilt {{validFor}}.',
        action: 'Neues Passwort wählen',
      },
    },
  },
  phrases: {
    greeting: 'Guten Tag {{recipientName}},',
    greetingWithoutName: 'Guten Tag,',
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
  },
}
