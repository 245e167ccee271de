/** What our components of the admin say of calendars and schedules, in German, by what they say in English. */
export const germanCalendar = {
  'My calendar': 'Mein Kalender',
  'Calendar of a consultant': 'Kalender einer Fachperson',
  'Added. It is read now; until then nothing can be booked.':
    'Hinzugefügt. Er wird jetzt gelesen; bis dahin ist nichts buchbar.',
  'Outlook, Apple and others': 'Outlook, Apple und andere',
  'Publish your calendar there, and paste its address (ICS). Only when you are busy is read from it.':
    'Veröffentlichen Sie Ihren Kalender dort und fügen Sie seine Adresse ein (ICS). Gelesen wird nur, wann Sie belegt sind.',
  Address: 'Adresse',
  Name: 'Name',
  Add: 'Hinzufügen',
  'Subscribe to your sessions': 'Ihre Termine abonnieren',
  'For calendars that are not connected: an address that they subscribe to. A new one ends the one before.':
    'Für Kalender, die nicht verbunden sind: eine Adresse zum Abonnieren. Eine neue beendet die vorige.',
  'Make a new address': 'Neue Adresse anlegen',
  'Copy it now; it is shown once: {url}': 'Kopieren Sie sie jetzt; sie wird einmal gezeigt: {url}',
  Connected: 'Verbunden',
  'Must be connected again: until then your last known appointments count, and new sessions wait.':
    'Muss neu verbunden werden: bis dahin zählen die zuletzt bekannten Einträge, und neue Termine warten.',
  'Has not answered for a day. Your last known appointments count; we keep trying.':
    'Antwortet seit einem Tag nicht. Es zählen die zuletzt bekannten Einträge; wir versuchen es weiter.',
  'not looked at': 'wird nicht beachtet',
  'being read: {count} events so far': 'wird gelesen: bisher {count} Ereignisse',
  'to be read; until then nothing can be booked': 'wird noch gelesen; bis dahin ist nichts buchbar',
  'read {when}': 'gelesen {when}',
  'Saved. What is new is read now; until then nothing can be booked.':
    'Gespeichert. Neues wird jetzt gelesen; bis dahin ist nichts buchbar.',
  'Which calendars keep you from being booked, and where sessions are written':
    'Welche Kalender Buchungen verhindern, und wohin Termine geschrieben werden',
  Calendar: 'Kalender',
  'Blocks time': 'Sperrt Zeit',
  'Sessions go here': 'Termine hierher',
  State: 'Status',
  '{name} blocks time': '{name} sperrt Zeit',
  'Write sessions to {name}': 'Termine in {name} schreiben',
  'Write sessions to no calendar of this account': 'Termine in keinen Kalender dieses Kontos schreiben',
  Save: 'Speichern',
  'Last read: {when}': 'Zuletzt gelesen: {when}',
  'not yet': 'noch nicht',
  '{count} sessions wait to be written': '{count} Termine warten auf den Eintrag',
  'Its appointments no longer keep you from being booked. Sessions that stand in it stay there, but do not follow changes any more.':
    'Seine Einträge verhindern keine Buchungen mehr. Termine, die darin stehen, bleiben, folgen aber keinen Änderungen mehr.',
  'Disconnect {name}?': '{name} trennen?',
  'Disconnected.': 'Getrennt.',
  'Propose the new time': 'Neue Zeit vorschlagen',
  'Put it back': 'Zurücksetzen',
  'Cancel the session': 'Termin stornieren',
  'Keep it as it is': 'So lassen',
  'The customer is asked. Until they say yes, the session stays where it was.':
    'Die Kundin oder der Kunde wird gefragt. Bis zur Zusage bleibt der Termin, wo er war.',
  'It will be back in the calendar in a moment.': 'Er steht gleich wieder im Kalender.',
  'Cancelled. The customer is told and gets everything back.':
    'Storniert. Die Kundin oder der Kunde erfährt es und bekommt alles zurück.',
  'The session stays as it is.': 'Der Termin bleibt, wie er ist.',
  'The customer is asked about the new time.': 'Die Kundin oder der Kunde wird nach der neuen Zeit gefragt.',
  'Deleted from the calendar. It is still booked.': 'Im Kalender gelöscht. Gebucht ist er weiterhin.',
  'another day': 'einem anderen Tag',
  'The calendar has it on {when} now.': 'Im Kalender steht er jetzt am {when}.',
  'The calendar has something else from {when}.': 'Im Kalender steht etwas anderes ab {when}.',
  'To decide': 'Zu entscheiden',
  '{what} with {whom}': '{what} mit {whom}',
  'Connected. Your calendar is read now; until that is done nothing can be booked.':
    'Verbunden. Ihr Kalender wird jetzt gelesen; bis dahin ist nichts buchbar.',
  'Nothing was connected: you did not allow it.': 'Nichts wurde verbunden: Sie haben es nicht erlaubt.',
  'Nothing was connected: please leave all boxes ticked, or sessions and calendar cannot agree.':
    'Nichts wurde verbunden: bitte lassen Sie alle Häkchen stehen, sonst stimmen Termine und Kalender nicht überein.',
  'That took too long or was opened elsewhere. Please begin again.':
    'Das hat zu lange gedauert oder wurde anderswo geöffnet. Bitte beginnen Sie noch einmal.',
  'Google did not give lasting access. Please try once more.':
    'Google hat keinen dauerhaften Zugriff gegeben. Bitte versuchen Sie es noch einmal.',
  'Google did not answer as expected. Please try once more.':
    'Google hat nicht wie erwartet geantwortet. Bitte versuchen Sie es noch einmal.',
  'Loading …': 'Wird geladen …',
  'Connect a calendar': 'Kalender verbinden',
  'What stands in it keeps you from being booked at that time, and your sessions appear in it.':
    'Was darin steht, verhindert Buchungen zu dieser Zeit, und Ihre Termine erscheinen darin.',
  'Only its owner can connect a Google calendar.': 'Einen Google-Kalender kann nur sein Inhaber verbinden.',
  'Connect a Google calendar': 'Google-Kalender verbinden',
  'Google calendars are not set up in this installation.':
    'Google-Kalender sind in dieser Installation nicht eingerichtet.',
  'this schedule': 'dieser Plan',
  Schedule: 'Plan',
  'The next weeks': 'Die nächsten Wochen',
  'With what stands in this form, saved or not, less breaks; sessions, blocks and calendars are not looked at.':
    'Mit dem, was in diesem Formular steht, gespeichert oder nicht, ohne Pausen; Termine, Sperren und Kalender bleiben außer Acht.',
  'Times are in {zone}.': 'Zeiten in {zone}.',
  'Choose a consultant to see them.': 'Wählen Sie eine Fachperson, um sie zu sehen.',
  'The consultant takes no bookings: everything is closed.':
    'Die Fachperson nimmt keine Buchungen an: alles ist geschlossen.',
  'This schedule is not active and says nothing.': 'Dieser Plan ist nicht aktiv und bestimmt nichts.',
  'Weeks of the preview': 'Wochen der Vorschau',
  Earlier: 'Früher',
  Later: 'Später',
  'Closed: unavailable date': 'Geschlossen: Abwesenheit',
  Closed: 'Geschlossen',
  'Working hours': 'Arbeitszeiten',
  'Exception in {name}': 'Ausnahme in {name}',
  Day: 'Tag',
  Open: 'Offen',
  By: 'Aus',
  'On your clock, {zone}': 'Auf Ihrer Uhr, {zone}',
} as const
