/** What our components of the admin say of one’s own account, and of the way in, in German, by what they say in English. */
export const germanAccount = {
  'Scan this with an authenticator app, such as one of Google, Microsoft or Apple, or a password manager.':
    'Scannen Sie dies mit einer Authenticator-App, etwa von Google, Microsoft oder Apple, oder mit einem Passwortmanager.',
  'QR code for the authenticator app': 'QR-Code für die Authenticator-App',
  'Or type this into it: {secret}': 'Oder geben Sie dort ein: {secret}',
  'It counts once you have shown one.': 'Sie gilt, sobald Sie einen Code gezeigt haben.',
  'The code that the app shows now': 'Der Code, den die App jetzt zeigt',
  'Switch it on': 'Einschalten',
  'The browser asks for a finger, a face, a code or a key, and remembers this device for you.':
    'Der Browser fragt nach Finger, Gesicht, Code oder Schlüssel und merkt sich dieses Gerät für Sie.',
  'To tell it from others: My laptop, Blue key.': 'Um ihn von anderen zu unterscheiden: Mein Laptop, Blauer Schlüssel.',
  'Name of the passkey (optional)': 'Name des Passkeys (freiwillig)',
  'Make a passkey': 'Passkey anlegen',
  'Use another authenticator app': 'Andere Authenticator-App verwenden',
  'Set up an authenticator app': 'Authenticator-App einrichten',
  'Add a passkey': 'Passkey hinzufügen',
  'Set up a second factor': 'Zweiten Faktor einrichten',
  'Your password alone does not open your account any more: you also show that you have a device of yours. Set it up now to go on. You have half an hour.':
    'Ihr Passwort allein öffnet Ihr Konto nicht mehr: Sie zeigen auch, dass Sie ein Gerät von sich haben. Richten Sie es jetzt ein, um fortzufahren. Sie haben eine halbe Stunde.',
  'Back to the login': 'Zurück zur Anmeldung',
  'It is removed.': 'Entfernt.',
  'The codes from before open nothing any more.': 'Die bisherigen Codes öffnen nichts mehr.',
  'Second factor': 'Zweiter Faktor',
  'Your password alone opens your account. With a second factor, nobody who learns it gets in.':
    'Ihr Passwort allein öffnet Ihr Konto. Mit einem zweiten Faktor kommt niemand hinein, der es erfährt.',
  'Passkey, since {when}': 'Passkey, seit {when}',
  'Authenticator app, since {when}': 'Authenticator-App, seit {when}',
  'used {when}': 'verwendet {when}',
  Remove: 'Entfernen',
  'Remove: {name}': 'Entfernen: {name}',
  '{count} recovery codes are left.': 'Es sind noch {count} Wiederherstellungscodes übrig.',
  'You have to have a second factor, so the last one stays.':
    'Sie brauchen einen zweiten Faktor, daher bleibt der letzte.',
  'New recovery codes': 'Neue Wiederherstellungscodes',
  'To change this, log in again: so nobody can who finds your browser open.':
    'Melden Sie sich neu an, um dies zu ändern: so kann es niemand, der Ihren Browser offen findet.',
  'Log in again': 'Neu anmelden',
  'Log in with another account': 'Mit einem anderen Konto anmelden',
  'It is disconnected. Nobody logs in with it any more.': 'Getrennt. Niemand meldet sich mehr damit an.',
  Disconnect: 'Trennen',
  'Disconnect {label}': '{label} trennen',
  'You are led to {label}.': 'Sie werden zu {label} weitergeleitet.',
  Connect: 'Verbinden',
  'Connect {label}': '{label} verbinden',
  'Where you are logged in': 'Wo Sie angemeldet sind',
  'Unknown device': 'Unbekanntes Gerät',
  '(here)': '(hier)',
  'since {when}': 'seit {when}',
  'Log out: {device}': 'Abmelden: {device}',
  'You are logged out there.': 'Sie sind dort abgemeldet.',
  'Log out': 'Abmelden',
  'You are logged out everywhere else.': 'Sie sind überall sonst abgemeldet.',
  'Log out everywhere else': 'Überall sonst abmelden',
  'Your recovery codes': 'Ihre Wiederherstellungscodes',
  'Keep them where you keep what is important, and not on the device that you log in with. Each opens your account once, together with your password, when your device is lost.':
    'Bewahren Sie sie dort auf, wo Wichtiges liegt, und nicht auf dem Gerät, mit dem Sie sich anmelden. Jeder öffnet Ihr Konto einmal, zusammen mit Ihrem Passwort, wenn Ihr Gerät verloren ist.',
  'They are not shown again.': 'Sie werden nicht noch einmal gezeigt.',
  'They are copied.': 'Kopiert.',
  'The browser does not let them be copied. Save them, or write them down.':
    'Der Browser lässt das Kopieren nicht zu. Speichern Sie sie oder schreiben Sie sie auf.',
  Copy: 'Kopieren',
  'Save as a file': 'Als Datei speichern',
  'I have kept them': 'Ich habe sie aufbewahrt',
  'They log in with their password now.': 'Das Passwort allein genügt jetzt zum Anmelden.',
  'Reset the second factor': 'Zweiten Faktor zurücksetzen',
  'Reset it': 'Zurücksetzen',
  'Reset the second factor?': 'Zweiten Faktor zurücksetzen?',
  'Their authenticator app, passkeys and recovery codes open nothing any more, they are logged out everywhere, and a mail tells them. Do it only when you are sure that it is them who ask: call them, or look at them.':
    'Authenticator-App, Passkeys und Wiederherstellungscodes öffnen nichts mehr, alle Anmeldungen enden, und eine Mail sagt es. Tun Sie es nur, wenn Sie sicher sind, wer darum bittet: rufen Sie an oder sehen Sie hin.',
  'Code of your authenticator app': 'Code Ihrer Authenticator-App',
  'Six digits. The app shows new ones every thirty seconds.':
    'Sechs Ziffern. Die App zeigt alle dreißig Sekunden neue.',
  'Recovery code': 'Wiederherstellungscode',
  'One of the ten that you kept. It opens your account once.':
    'Einer der zehn, die Sie aufbewahrt haben. Er öffnet Ihr Konto einmal.',
  'Your second factor': 'Ihr zweiter Faktor',
  'Use your passkey': 'Passkey verwenden',
  'Log in': 'Anmelden',
  'Use a recovery code': 'Wiederherstellungscode verwenden',
  'Use your authenticator app': 'Authenticator-App verwenden',
  'You have lost your device and your recovery codes? An administrator can take your second factors away, in your user’s page. Then you log in with your password, and set up new ones.':
    'Gerät und Wiederherstellungscodes verloren? Die Administration kann Ihre zweiten Faktoren auf der Seite Ihres Benutzerkontos entfernen. Dann melden Sie sich mit Ihrem Passwort an und richten neue ein.',
  'The browser gave no passkey. Try again, or take another way.':
    'Der Browser gab keinen Passkey. Versuchen Sie es noch einmal oder nehmen Sie einen anderen Weg.',
  Invitation: 'Einladung',
  'They were mailed a link with which they confirm their address and choose a password. Until then nobody can log in. It works for seven days; a new one ends the one before.':
    'Per Mail kam ein Link, mit dem sich Adresse bestätigen und Passwort wählen lassen. Bis dahin kann sich niemand anmelden. Er gilt sieben Tage; ein neuer beendet den vorigen.',
  'The invitation is on its way.': 'Die Einladung ist unterwegs.',
  'Send the invitation again': 'Einladung erneut senden',
  'This login': 'Diese Anmeldung',
  'Logging out ends all their sessions at once; they may log in again. Who failed to log in too often waits, unless it is forgiven.':
    'Abmelden beendet sofort alle Anmeldungen; ein neues Anmelden bleibt möglich. Wer sich zu oft vertan hat, wartet, außer die Fehlversuche werden verziehen.',
  'They are logged out everywhere.': 'Überall abgemeldet.',
  'Log out everywhere': 'Überall abmelden',
  'Failed logins are forgiven.': 'Die Fehlversuche sind verziehen.',
  'Forgive failed logins': 'Fehlversuche verzeihen',
  or: 'oder',
  'Log in with {label}': 'Mit {label} anmelden',
  'For an account that you have connected with it on your account page.':
    'Für ein Konto, das Sie auf Ihrer Kontoseite damit verbunden haben.',
  'This admin works at {address} alone. Here, at {here}, lists stay empty and nothing can be saved. If this is the right address, set SERVER_URL to it and start Parley again.':
    'Diese Verwaltung funktioniert nur unter {address}. Hier, unter {here}, bleiben Listen leer, und nichts lässt sich speichern. Ist dies die richtige Adresse, tragen Sie sie in SERVER_URL ein und starten Sie Parley neu.',
} as const
