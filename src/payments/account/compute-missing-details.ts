/** What Stripe wants to know of an account, by Stripe's codes. */
export type AccountRequirements = {
  currentlyDue: readonly string[]
  /** Of those, what is late. */
  pastDue: readonly string[]
  /** Not yet, but some day; holds what is due now as well. */
  eventuallyDue: readonly string[]
  /** Given, and being checked. */
  pendingVerification: readonly string[]
  /** Becomes due at the account's next deadline. */
  futureDue: readonly string[]
  /** What was given and did not pass. */
  errors: readonly { code: string; reason: string; requirement: string }[]
}

export type MissingDetail = {
  /** What to do, in English. */
  text: string
  /** Stripe's codes that it stands for. */
  codes: string[]
  isLate: boolean
  /** Why what was given before did not pass, in Stripe's words; null when nothing was. */
  problem: string | null
}

/** Sentences for whole codes, or for everything below one. */
const ofAccount: Readonly<Record<string, string>> = {
  external_account: 'Add the bank account that payouts go to.',
  tos_acceptance: 'Accept Stripe’s terms of service.',
  business_type: 'Say whether you work as an individual or as a company.',
  'business_profile.mcc': 'Choose the line of business that fits you best.',
  'business_profile.name': 'Give the name of your business.',
  'business_profile.product_description': 'Describe what you offer.',
  'business_profile.url': 'Give the address of your website, or describe what you offer.',
  'business_profile.support_email': 'Give an e-mail address for questions of customers.',
  'business_profile.support_phone': 'Give a telephone number for questions of customers.',
  'business_profile.support_address': 'Give an address for questions of customers.',
  'business_profile.annual_revenue': 'Say how much your business turns over in a year.',
  'business_profile.estimated_worker_count': 'Say how many people work for your business.',
  'settings.payments.statement_descriptor': 'Choose the name that stands on bank statements.',
  'settings.payouts.statement_descriptor': 'Choose the name that stands on your bank statements.',
  'company.structure': 'Say which legal form the company has.',
  'company.owners_provided': 'Name everybody who owns a quarter of the company or more.',
  'company.directors_provided': 'Name all directors of the company.',
  'company.executives_provided': 'Name the people who run the company.',
  'company.ownership_declaration': 'Confirm that the owners of the company are complete.',
  'company.directorship_declaration': 'Confirm that the directors of the company are complete.',
  'company.representative_declaration': 'Confirm that the representative may act for the company.',
  'documents.bank_account_ownership_verification': 'Upload a document that shows whose bank account it is.',
  'documents.company_registration_verification': 'Upload a document that shows that the company is registered.',
  'documents.proof_of_address': 'Upload a document that shows your address.',
}

/** The same for what is asked of a person or the company; `{whose}` is filled with whom. */
const ofSomebody: Readonly<Record<string, string>> = {
  first_name: 'Enter {whose} legal name.',
  last_name: 'Enter {whose} legal name.',
  first_name_kana: 'Enter {whose} legal name in kana.',
  last_name_kana: 'Enter {whose} legal name in kana.',
  first_name_kanji: 'Enter {whose} legal name in kanji.',
  last_name_kanji: 'Enter {whose} legal name in kanji.',
  full_name_aliases: 'Enter {whose} other names.',
  maiden_name: 'Enter {whose} maiden name.',
  name: 'Enter {whose} name.',
  name_kana: 'Enter {whose} name in kana.',
  name_kanji: 'Enter {whose} name in kanji.',
  gender: 'Enter {whose} gender.',
  dob: 'Enter {whose} date of birth.',
  address: 'Enter {whose} address.',
  address_kana: 'Enter {whose} address in kana.',
  address_kanji: 'Enter {whose} address in kanji.',
  registered_address: 'Enter {whose} registered address.',
  email: 'Enter {whose} e-mail address.',
  phone: 'Enter {whose} telephone number.',
  nationality: 'Enter {whose} nationality.',
  political_exposure: 'Answer Stripe’s question about {whose} public offices.',
  id_number: 'Enter {whose} national identity or tax number.',
  id_number_secondary: 'Enter {whose} second identity number.',
  ssn_last_4: 'Enter the last four digits of {whose} social security number.',
  tax_id: 'Enter {whose} tax number.',
  vat_id: 'Enter {whose} VAT number.',
  registration_number: 'Enter {whose} registration number.',
  export_license_id: 'Enter {whose} export licence number.',
  'relationship.title': 'Enter {whose} position in the company.',
  'relationship.percent_ownership': 'Enter {whose} share of the company.',
  'relationship.owner': 'Say whether a part of the company is {whose}.',
  'relationship.executive': 'Say what {whose} role in the company is.',
  'relationship.director': 'Say what {whose} role in the company is.',
  'verification.document': 'Upload a photo of {whose} passport, driving licence or identity card.',
  'verification.additional_document':
    'Upload a document that shows {whose} address, such as a bill or a bank statement.',
  'verification.proof_of_liveness': 'Take a photo of {whose} face on Stripe’s page.',
}

const companyDocument = 'Upload a document that shows that the company is registered.'

const people: Readonly<Record<string, string>> = {
  individual: 'your',
  company: 'the company’s',
  representative: 'the representative’s',
  authorizer: 'the authoriser’s',
  owners: 'the owners’',
  directors: 'the directors’',
  executives: 'the executives’',
}

/** The row for a code: the whole code first, then what it lies below. */
const lookUp = (table: Readonly<Record<string, string>>, parts: readonly string[]): string | undefined => {
  for (let length = parts.length; length > 0; length--) {
    const key = parts.slice(0, length).join('.')
    if (Object.hasOwn(table, key)) return table[key]
  }
  return undefined
}

const whoseOf = (subject: string): string | undefined => {
  if (Object.hasOwn(people, subject)) return people[subject]
  return subject.startsWith('person_') ? 'the person’s' : undefined
}

/** Ids and numbers inside a code say nothing to a person. */
const isWord = (part: string): boolean => /^[a-z]+(_[a-z]+)*$/.test(part)

/** What a requirement of Stripe asks a person to do, as an English sentence; codes that nobody wrote one for stay readable. */
export const describeRequirement = (code: string): string => {
  const known = lookUp(ofAccount, code.split('.'))
  if (known) return known
  const [subject = '', ...rest] = code.split('.')
  if (subject === 'company' && rest[0] === 'verification') return companyDocument
  const whose = whoseOf(subject)
  const sentence = whose && lookUp(ofSomebody, rest)
  if (whose && sentence) return sentence.replace('{whose}', whose)
  const words = [...(subject.startsWith('person_') ? ['person'] : [subject]), ...rest].filter(isWord)
  const question = words.join(': ').replaceAll('_', ' ')
  return question ? `Answer Stripe’s question about “${question}”.` : 'Answer a question of Stripe.'
}

/**
 * What has to be given now, each thing once however many codes stand for it (day, month and year are one date), in Stripe's
 * order with what is late first.
 */
export const computeMissingDetails = (requirements: AccountRequirements): MissingDetail[] => {
  const late = new Set(requirements.pastDue)
  const details = new Map<string, MissingDetail>()
  for (const code of new Set([...requirements.pastDue, ...requirements.currentlyDue, ...requirements.futureDue])) {
    const text = describeRequirement(code)
    const detail = details.get(text) ?? { text, codes: [], isLate: false, problem: null }
    detail.codes.push(code)
    detail.isLate ||= late.has(code)
    detail.problem ??= requirements.errors.find(({ requirement }) => requirement === code)?.reason ?? null
    details.set(text, detail)
  }
  return [...details.values()]
}

/** Why Stripe disabled an account. */
export const disabledReasons: Readonly<Record<string, string>> = {
  'action_required.requested_capabilities': 'Stripe has to be asked for what the account needs. Contact us.',
  listed: 'Stripe compares the account with lists of prohibited persons and companies. That can take a while.',
  other: 'Stripe is looking at the account. Contact us if that takes long.',
  platform_paused: 'We have paused payouts to this account. Contact us.',
  'rejected.fraud': 'Stripe closed the account, because it suspects fraud.',
  'rejected.incomplete_verification': 'Stripe closed the account, because details were not given in time.',
  'rejected.listed': 'Stripe closed the account, because it is on a list of prohibited persons and companies.',
  'rejected.other': 'Stripe closed the account.',
  'rejected.platform_fraud': 'The account was closed, because fraud is suspected.',
  'rejected.platform_other': 'The account was closed by us.',
  'rejected.platform_terms_of_service': 'The account was closed, because our terms were not kept.',
  'rejected.terms_of_service': 'Stripe closed the account, because its terms were not kept.',
  'requirements.past_due': 'Details are missing that were due.',
  'requirements.pending_verification': 'Stripe is checking the details. Nothing has to be done.',
  under_review: 'Stripe is looking at the account. Nothing has to be done.',
}

/** The reason as an English sentence; one that is new stays readable. */
export const describeDisabledReason = (code: string): string =>
  (Object.hasOwn(disabledReasons, code) ? disabledReasons[code] : undefined) ??
  `Stripe disabled the account: ${code.replaceAll(/[._]/g, ' ')}.`
