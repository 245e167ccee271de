import { personOf } from '../connect/compute-requirements'
import type { AccountFile } from '../sandbox-state'
import type { StoredAccount } from '../stored-objects'
import { html, type SafeHtml } from '../../shared/html'
import { layout } from './layout'

/** A question of the page. `name` is that of the input, `fields` are the requirements that its answer meets. */
export type OnboardingQuestion = {
  name: string
  label: string
  fields: readonly string[]
  attributes: SafeHtml
  /** What the answer means for each requirement; undefined when it is not a proper answer. */
  read: (answer: string) => Record<string, string> | undefined
  fault: string
}

const textQuestion = (field: string, label: string, attributes: SafeHtml): OnboardingQuestion => ({
  name: field,
  label,
  fields: [field],
  attributes,
  read: (answer) => ({ [field]: answer }),
  fault: 'This is too long.',
})

const birthDate = (person: string): OnboardingQuestion => ({
  name: `${person}.dob`,
  label: 'Date of birth',
  fields: [`${person}.dob.day`, `${person}.dob.month`, `${person}.dob.year`],
  attributes: html`type="date" autocomplete="bday"`,
  read: (answer) => {
    const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(answer) ?? []
    return year
      ? {
          [`${person}.dob.day`]: String(Number(day)),
          [`${person}.dob.month`]: String(Number(month)),
          [`${person}.dob.year`]: year,
        }
      : undefined
  },
  fault: 'Enter a date.',
})

const emailQuestion = (person: string): OnboardingQuestion => ({
  ...textQuestion(`${person}.email`, 'Email', html`type="email" autocomplete="email"`),
  read: (answer) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(answer) ? { [`${person}.email`]: answer } : undefined),
  fault: 'Enter an email address.',
})

const bankAccount: OnboardingQuestion = {
  name: 'external_account',
  label: 'IBAN or account number',
  fields: ['external_account'],
  attributes: html`autocomplete="off"`,
  read: (answer) => {
    const number = answer.replace(/[\s-]/g, '').toUpperCase()
    return /^[A-Z0-9]{6,34}$/.test(number) ? { external_account: number } : undefined
  },
  fault: 'Enter the number of a bank account.',
}

/** What can be asked, in order. Requirements that nothing here stands for are asked for by their name. */
export const questionsFor = (businessType: string, due: readonly string[]): OnboardingQuestion[] => {
  const person = personOf(businessType)
  const known = [
    textQuestion('company.name', 'Name of the company', html`autocomplete="organization"`),
    textQuestion('company.tax_id', 'Tax number of the company', html`autocomplete="off"`),
    textQuestion(`${person}.first_name`, 'First name', html`autocomplete="given-name"`),
    textQuestion(`${person}.last_name`, 'Last name', html`autocomplete="family-name"`),
    birthDate(person),
    emailQuestion(person),
    textQuestion(`${person}.phone`, 'Phone', html`type="tel" autocomplete="tel"`),
    textQuestion(`${person}.address.line1`, 'Street and number', html`autocomplete="address-line1"`),
    textQuestion(`${person}.address.city`, 'Town', html`autocomplete="address-level2"`),
    textQuestion(`${person}.address.postal_code`, 'Postal code', html`autocomplete="postal-code"`),
    textQuestion('business_profile.product_description', 'What you offer', html`autocomplete="off"`),
    bankAccount,
  ].filter((question) => question.fields.some((field) => due.includes(field)))
  const asked = new Set([...known.flatMap(({ fields }) => fields), 'business_type'])
  const others = due.filter((field) => !asked.has(field) && !field.startsWith('tos_acceptance.'))
  return [...known, ...others.map((field) => textQuestion(field, field, html`autocomplete="off"`))]
}

export type OnboardingForm = { answers: Readonly<Record<string, string>>; errors: Readonly<Record<string, string>> }

const input = ({ name, label, attributes }: OnboardingQuestion, { answers, errors }: OnboardingForm): SafeHtml => {
  const error = errors[name]
  const id = name.replaceAll('.', '-')
  return html`<div>
    <label for="${id}">${label}</label>
    <input
      id="${id}"
      name="${name}"
      value="${answers[name] ?? ''}"
      maxlength="500"
      ${attributes}
      ${error ? html`aria-invalid="true" aria-describedby="${id}-error"` : null}
    />
    ${error ? html`<p class="error" id="${id}-error">${error}</p>` : null}
  </div>`
}

const businessTypes: readonly [value: string, label: string][] = [
  ['individual', 'A person'],
  ['company', 'A company'],
]

const typeChoice = (chosen: string): SafeHtml =>
  html`<fieldset>
    <legend>Who is paid?</legend>
    ${businessTypes.map(
      ([value, label]) =>
        html`<label class="choice"
          ><input type="radio" name="business_type" value="${value}" ${chosen === value ? html`checked` : null} />
          ${label}</label
        >`,
    )}
  </fieldset>`

/** The page on which the holder of a connected account tells Stripe about themselves, in one go or in several. */
export const onboardingPage = (args: {
  account: StoredAccount
  file: AccountFile
  due: readonly string[]
  form: OnboardingForm
}): string => {
  const { account, file, due, form } = args
  const businessType = form.answers.business_type ?? file.given.business_type ?? 'individual'
  const questions = questionsFor(businessType, due)
  const hasErrors = Object.keys(form.errors).length > 0
  const needsTerms = due.includes('tos_acceptance.date')
  const termsError = form.errors.terms
  return layout({
    title: `${hasErrors ? 'Error: ' : ''}Set up payouts`,
    body: html`<section class="card narrow" aria-labelledby="title">
      <h1 id="title">Set up payouts</h1>
      <p class="soft">${account.email ?? account.id}: tell Stripe who is paid, and where.</p>
      ${hasErrors ? html`<p class="alert" role="alert">Something is missing or cannot be right.</p>` : null}
      <form method="post" novalidate>
        ${due.includes('business_type') ? typeChoice(businessType) : null}
        ${questions.map((question) => input(question, form))}
        ${
          needsTerms
            ? html`<label class="choice"
                  ><input
                    type="checkbox"
                    name="terms"
                    value="yes"
                    ${form.answers.terms ? html`checked` : null}
                    ${termsError ? html`aria-invalid="true" aria-describedby="terms-error"` : null}
                  />
                  I accept Stripe’s terms</label
                >
                ${termsError ? html`<p class="error" id="terms-error">${termsError}</p>` : null}`
            : null
        }
        <button class="main" type="submit" name="action" value="submit">Agree and submit</button>
        <div class="buttons spaced">
          <button type="submit" name="action" value="later">Save and finish later</button>
          <button type="submit" name="action" value="fill">Fill in test data</button>
        </div>
      </form>
    </section>`,
  })
}

/** Nothing is asked for at present. */
export const nothingDuePage = (returnUrl: string): string =>
  layout({
    title: 'Nothing to do',
    body: html`<section class="card narrow">
      <h1>There is nothing to do</h1>
      <p>Stripe has everything it needs at present.</p>
      <p><a href="${returnUrl}">Go back</a></p>
    </section>`,
  })
