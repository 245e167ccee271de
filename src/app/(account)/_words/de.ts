import type { AccountWords } from './en'

const stunden = (n: number): string => (n === 1 ? 'eine Stunde' : `${n} Stunden`)

export const de: AccountWords = {
  errors: {
    title: 'Das hat nicht geklappt',
    network:
      'Der Server war nicht zu erreichen. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal; nichts geschieht doppelt.',
    rate_limited: 'Zu viele Versuche in kurzer Zeit. Bitte warten Sie einen Moment.',
    unauthenticated: 'Sie sind nicht mehr angemeldet. Melden Sie sich noch einmal an.',
    invalid_request: 'Eine Eingabe passt nicht. Sehen Sie sich die Felder noch einmal an.',
    not_found: 'Das haben wir nicht gefunden. Vielleicht wurde es inzwischen entfernt.',
    link_unknown: 'Dieser Link ist nicht gültig. Kopieren Sie ihn ganz aus der Mail, oder fordern Sie einen neuen an.',
    link_used:
      'Dieser Link wurde schon benutzt oder ist abgelaufen. Melden Sie sich an, oder fordern Sie einen neuen an.',
    last_way:
      'Sie könnten sich nicht mehr anmelden: Ihr Konto hat kein Passwort. Fordern Sie stattdessen ein neues Passwort an; wenn Sie es wählen, wird die Verbindung ebenfalls getrennt.',
    fresh_login_required:
      'Melden Sie sich dafür noch einmal an: So kann es niemand ändern, der Ihren Browser offen findet.',
    provider_failed: 'Der Anbieter hat nicht geantwortet. Bitte versuchen Sie es in einer Minute noch einmal.',
    other: 'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal.',
  },
  fields: {
    email: 'E-Mail',
    badEmail: 'Geben Sie eine E-Mail-Adresse ein, zum Beispiel name@example.com.',
    name: 'Name',
    noName: 'Sagen Sie uns, wie wir Sie nennen dürfen.',
    password: 'Passwort',
    noPassword: 'Geben Sie Ihr Passwort ein.',
    newPassword: 'Neues Passwort',
    newPasswordHint: 'Mindestens 10 Zeichen. Mehrere Wörter, die nicht zusammengehören, kann man sich gut merken.',
    show: 'Passwort anzeigen',
    sending: 'Einen Moment…',
  },
  links: {
    incomplete:
      'Dieser Link ist nicht vollständig. Kopieren Sie ihn ganz aus der Mail, oder fordern Sie einen neuen an.',
    confirm: {
      title: 'Bestätigen Sie Ihre Adresse',
      intro: 'Wählen Sie ein Passwort für Ihr Konto. Damit bestätigen Sie, dass diese Adresse Ihnen gehört.',
      action: 'Bestätigen und anmelden',
      done: 'Ihr Konto ist bereit',
    },
    password: {
      title: 'Neues Passwort wählen',
      intro:
        'Das alte gilt dann nicht mehr, Sie werden überall sonst abgemeldet, und verbundene Konten bei anderen Anbietern werden getrennt.',
      action: 'Passwort setzen und anmelden',
      done: 'Ihr neues Passwort gilt',
    },
    older: {
      title: 'Dieser Link bewirkt nichts mehr',
      text: 'Dieser Link ist von einer älteren Art. Fordern Sie einen neuen an: Er führt zu einer Seite, auf der Sie ein Passwort wählen.',
    },
    loggedIn: 'Sie sind auf diesem Gerät angemeldet.',
    logInNow: 'Sie können sich jetzt damit anmelden.',
    toAdmin: 'Zu Ihrem Arbeitsplatz',
    toAccount: 'Zu Ihrem Konto',
  },
  forgot: {
    title: 'Passwort vergessen?',
    intro: 'Wir können Ihnen einen Link schicken, mit dem Sie ein neues Passwort wählen.',
    action: 'Link schicken',
    done: 'Sehen Sie in Ihre Mails',
    doneText: `Wenn es zu dieser Adresse ein Konto gibt, ist eine Mail mit einem Link unterwegs. Er gilt ${stunden(1)}. Nichts da? Sehen Sie auch im Spam-Ordner nach.`,
  },
  logIn: {
    title: 'Anmelden',
    action: 'Anmelden',
    refused:
      'Die E-Mail-Adresse oder das Passwort stimmt nicht, oder niemand kann sich jetzt damit anmelden. Haben Sie Ihre Adresse über den Link in unserer Mail bestätigt? Über „Passwort vergessen?“ bekommen Sie ein neues.',
    forgot: 'Passwort vergessen?',
    noAccount: 'Noch kein Konto?',
    register: 'Konto anlegen',
    or: 'oder',
    with: (provider: string) => `Mit ${provider} anmelden`,
  },
  again: {
    action: 'Noch einmal anmelden',
    intro: 'So ändert das niemand, der Ihren Browser offen findet. Sie bleiben dabei angemeldet.',
    done: 'Sie sind wieder angemeldet',
    doneText: 'Schließen Sie dieses Fenster, und machen Sie dort weiter, wo Sie waren.',
  },
  register: {
    title: 'Konto anlegen',
    intro:
      'Zum Buchen brauchen Sie keines. Mit einem Konto finden Sie alles, was Sie mit Ihrer Adresse gebucht haben, an einer Stelle.',
    action: 'Link schicken',
    done: 'Sehen Sie in Ihre Mails',
    doneText: `Wir haben Ihnen eine Mail geschickt. Öffnen Sie den Link darin, um ein Passwort zu wählen; er gilt ${stunden(24)}. Nichts da? Sehen Sie auch im Spam-Ordner nach.`,
    hasAccount: 'Sie haben schon ein Konto?',
    with: (provider: string) => `Weiter mit ${provider}`,
  },
  factor: {
    title: 'Ihr zweiter Faktor',
    heading: 'Zweiter Faktor',
    kinds: { totp: 'Authenticator-App', passkey: 'Passkey' },
    none: 'Ihr Passwort allein öffnet Ihr Konto. Mit einem zweiten Faktor kommt niemand hinein, der es erfährt.',
    nobodyWaits:
      'Hier wartet keine Anmeldung auf einen zweiten Faktor, oder es hat zu lange gedauert. Melden Sie sich noch einmal an.',
    stillNeeded: 'Zeigen Sie Ihren zweiten Faktor, um sich anzumelden.',
    goOn: 'Zweiten Faktor zeigen',
    usePasskey: 'Mit Ihrem Passkey',
    useRecovery: 'Mit einem Notfallcode',
    useApp: 'Mit Ihrer Authenticator-App',
    giveUp: 'Zurück zur Anmeldung',
    ways: {
      app: { label: 'Code Ihrer Authenticator-App', hint: 'Sechs Ziffern. Die App zeigt alle dreißig Sekunden neue.' },
      recovery: { label: 'Notfallcode', hint: 'Einer der zehn, die Sie aufbewahrt haben. Er öffnet Ihr Konto einmal.' },
    },
    noCode: 'Geben Sie den Code ein.',
    lostAll:
      'Sie haben Ihr Gerät und Ihre Notfallcodes verloren? Die Betreiber dieser Website können Ihren zweiten Faktor entfernen. Dann melden Sie sich mit Ihrem Passwort an und richten einen neuen ein.',
    enrolTitle: 'Richten Sie einen zweiten Faktor ein',
    enrolIntro:
      'Ihr Passwort allein öffnet Ihr Konto nicht mehr: Sie zeigen auch, dass Sie ein Gerät von sich haben. Richten Sie das jetzt ein, dann geht es weiter. Sie haben eine halbe Stunde Zeit.',
    addApp: 'Authenticator-App einrichten',
    replaceApp: 'Andere Authenticator-App verwenden',
    addPasskey: 'Passkey hinzufügen',
    scan: 'Scannen Sie das mit einer Authenticator-App, zum Beispiel von Google, Microsoft oder Apple, oder mit einem Passwortmanager.',
    qrCode: 'QR-Code für die Authenticator-App',
    orType: 'Oder tippen Sie das dort ein:',
    codeNow: 'Der Code, den die App jetzt zeigt',
    codeNowHint: 'Erst wenn Sie einen gezeigt haben, gilt sie.',
    wrongCode: 'Das ist nicht der Code, den die App jetzt zeigt.',
    switchOn: 'Einschalten',
    passkeyIntro:
      'Der Browser fragt nach einem Finger, einem Gesicht, einem Code oder einem Schlüssel und merkt sich dieses Gerät für Sie.',
    passkeyName: 'Name des Passkeys',
    passkeyNameHint: 'Um ihn von anderen zu unterscheiden: Mein Laptop, Blauer Schlüssel.',
    makePasskey: 'Passkey anlegen',
    added: 'Er ist eingerichtet und wird von jetzt an verlangt. Überall sonst sind Sie abgemeldet.',
    remove: 'Entfernen',
    removeOneOf: (name: string) => `Entfernen: ${name}`,
    removed: 'Er ist entfernt und wird nicht mehr verlangt.',
    lastUsed: (when: string) => `benutzt ${when}`,
    codesLeft: (n: number) => (n === 1 ? 'Ein Notfallcode ist übrig.' : `${n} Notfallcodes sind übrig.`),
    demanded: 'Sie müssen einen zweiten Faktor haben, deshalb bleibt der letzte.',
    renew: 'Neue Notfallcodes',
    renewed: 'Die Codes von vorher öffnen nichts mehr.',
    logInAgain: 'Melden Sie sich noch einmal an, um das zu ändern: So kann es niemand, der Ihren Browser offen findet.',
    codesTitle: 'Ihre Notfallcodes',
    codesIntro:
      'Bewahren Sie sie auf, wo Sie Wichtiges aufbewahren, und nicht auf dem Gerät, mit dem Sie sich anmelden. Jeder öffnet Ihr Konto einmal, zusammen mit Ihrem Passwort, wenn Ihr Gerät verloren ist.',
    codesOnce: 'Sie werden nicht noch einmal gezeigt.',
    codesFile: 'notfallcodes.txt',
    copy: 'Kopieren',
    copied: 'Sie sind kopiert.',
    notCopied: 'Der Browser lässt sie nicht kopieren. Speichern Sie sie, oder schreiben Sie sie ab.',
    save: 'Als Datei speichern',
    kept: 'Ich habe sie aufbewahrt',
    refused: {
      wrong:
        'Das stimmt nicht, ist abgelaufen oder wurde schon benutzt. Nehmen Sie den nächsten Code, den die App zeigt, oder einen Notfallcode.',
      state: 'Das ist nicht mehr möglich. Laden Sie die Seite neu, und beginnen Sie von vorn.',
      passkey: 'Der Browser hat keinen Passkey gegeben. Versuchen Sie es noch einmal, oder auf einem anderen Weg.',
    },
  },
  problems: {
    expired:
      'Das hat zu lange gedauert, wurde in einem anderen Browser begonnen oder ist schon geschehen. Bitte beginnen Sie von vorn.',
    not_offered:
      'Damit kann sich hier niemand anmelden. Melden Sie sich mit Ihrem Passwort an, oder auf einem anderen Weg.',
    denied: 'Sie haben es dort nicht erlaubt, deshalb ist nichts geschehen.',
    provider:
      'Der Anbieter war nicht zu erreichen, oder seine Antwort war nicht gültig. Bitte versuchen Sie es in einer Minute noch einmal.',
    address:
      'Der Anbieter bestätigt nicht, dass Ihre E-Mail-Adresse Ihnen gehört. Bestätigen Sie sie dort, oder melden Sie sich mit einem Passwort an.',
    known:
      'Es gibt schon ein Konto mit Ihrer E-Mail-Adresse. Melden Sie sich mit dessen Passwort an (oder fordern Sie ein neues an), und verbinden Sie den Anbieter dann auf Ihrer Kontoseite; danach können Sie sich damit anmelden.',
    unknown:
      'Es gibt hier kein Konto für Sie, und auf diesem Weg wird keines angelegt. Fragen Sie die Betreiber dieser Website.',
    refused:
      'Bei diesem Konto kann sich jetzt niemand anmelden: Die Adresse wurde noch nicht bestätigt, oder der Zugang ist abgeschaltet. Fragen Sie die Betreiber dieser Website.',
    taken: 'Damit öffnet man hier ein anderes Konto. Trennen Sie es zuerst dort.',
    not_anew:
      'Sie sind angemeldet, aber der Anbieter hat Sie nicht noch einmal gefragt, wer Sie sind, oder sagt es nicht; deshalb können Sie das noch nicht ändern. Melden Sie sich mit Ihrem Passwort an, oder fordern Sie ein neues an.',
  },
  account: {
    title: 'Ihr Konto',
    nobody: 'Sie sind nicht angemeldet.',
    loggedInAs: (email: string) => `Sie sind als ${email} angemeldet.`,
    logOut: 'Abmelden',
    toAdmin: 'Zu Ihrem Arbeitsplatz',
    ways: 'Wie Sie sich anmelden',
    password: 'Mit Ihrem Passwort',
    noPassword: 'Dieses Konto hat kein Passwort. Sie können per Mail eines anfordern.',
    changePassword: 'Neues Passwort wählen',
    connectedAs: (email: string) => `als ${email}`,
    connect: (provider: string) => `${provider} verbinden`,
    disconnect: 'Trennen',
    disconnectFrom: (provider: string) => `${provider} trennen`,
    connected: 'Die Verbindung besteht. Sie können sich von jetzt an damit anmelden.',
    disconnected: 'Die Verbindung ist getrennt. Niemand meldet sich mehr damit an.',
    devices: 'Wo Sie angemeldet sind',
    here: 'hier',
    unknownDevice: 'Unbekanntes Gerät',
    since: (when: string) => `seit ${when}`,
    endOne: 'Dort abmelden',
    endOneOf: (device: string) => `Abmelden: ${device}`,
    endOthers: 'Überall sonst abmelden',
  },
}
