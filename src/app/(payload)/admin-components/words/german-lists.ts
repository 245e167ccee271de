/** What our components of the admin say of lists, forms and refusals, in German, by what they say in English. */
export const germanLists = {
  Yes: 'Ja',
  No: 'Nein',
  Staff: 'Mitarbeitende',
  'in a moment': 'gleich',
  'just now': 'gerade eben',
  'This is not valid.': 'Das ist nicht gültig.',
  'No attributes are defined for {what}.': 'Für {what} sind keine eigenen Felder festgelegt.',
  'Define one': 'Eines festlegen',
  'None of the attributes goes with this service type.': 'Keines der eigenen Felder gehört zu dieser Leistung.',
  'Not kept, as it is not JSON: {fault}': 'Nicht übernommen, da kein JSON: {fault}',
  'Edit as JSON': 'Als JSON bearbeiten',
  'The server answered with status {status}.': 'Der Server hat mit Status {status} geantwortet.',
  'No answer came from the server. Try again.': 'Vom Server kam keine Antwort. Versuchen Sie es noch einmal.',
  'Exporting…': 'Wird exportiert…',
  'Export (CSV)': 'Exportieren (CSV)',
  'What is entered here is shown to everybody who sees the record. Of consultants and service types that is the public: the API hands it out to people who are not logged in.':
    'Was hier eingetragen wird, sehen alle, die den Eintrag sehen. Bei Fachpersonen und Leistungen ist das die Öffentlichkeit: die API gibt es an Menschen ohne Anmeldung heraus.',
} as const
