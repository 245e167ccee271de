import { computeStanding } from '../connect/compute-requirements'
import { enterDetails, testDetails } from '../connect/onboard-account'
import { fileOf } from '../connect/change-account'
import { runScheduled } from '../schedule'
import type { OnboardingVisit } from '../sandbox-state'
import type { StoredAccount } from '../stored-objects'
import { find, newId, secondsOf, type World } from '../world'
import { html } from '../../shared/html'
import { htmlResponse } from '../../shared/page-layout'
import { layout } from './layout'
import { nothingDuePage, type OnboardingForm, onboardingPage, questionsFor } from './onboarding-page'

/** How long one may take for the pages of a visit. */
const visitSeconds = 3600

const redirect = (url: string): Response =>
  new Response(null, { status: 303, headers: { Location: url, 'Cache-Control': 'no-store' } })

const notFound = (): Response =>
  htmlResponse(
    layout({ title: 'Not found', body: html`<section class="card"><h1>There is no such link</h1></section>` }),
    404,
  )

const own = <T>(table: Record<string, T>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/**
 * `GET /setup/e/{account}/{secret}`: the one visit that an account link is good for. Afterwards, and when its time is over, it
 * leads to the platform's refresh URL.
 */
export const openAccountLink = async (
  world: World,
  { account, secret, afterChange }: { account: string; secret: string; afterChange: () => Promise<void> },
): Promise<Response> => {
  runScheduled(world)
  const link = own(world.state.accountLinks, secret)
  if (link?.account !== account) return notFound()
  const now = secondsOf(world)
  if (link.isUsed || link.expiresAt <= now || !find(world, 'accounts', account)) return redirect(link.refreshUrl)
  link.isUsed = true
  const visit = newId('', 24)
  const { isUsed: _used, ...rest } = link
  world.state.visits[visit] = { ...rest, expiresAt: now + visitSeconds }
  await afterChange()
  return redirect(`${world.url}/setup/v/${visit}`)
}

type Submitted = OnboardingForm & { details: Record<string, string> }

const read = (world: World, account: StoredAccount, entries: URLSearchParams): Submitted => {
  const file = fileOf(world, account.id)
  const due = computeStanding(file, secondsOf(world)).requirements.currently_due ?? []
  const chosen = entries.get('business_type')
  const businessType =
    chosen === 'company' || chosen === 'individual' ? chosen : (file.given.business_type ?? 'individual')
  const answers: Record<string, string> = { business_type: businessType }
  const errors: Record<string, string> = {}
  const details: Record<string, string> = due.includes('business_type') ? { business_type: businessType } : {}
  // The kind of business decides what is due: a company is asked for more than a person.
  const asked = due.includes('business_type')
    ? (computeStanding({ ...file, given: { ...file.given, business_type: businessType } }, secondsOf(world))
        .requirements.currently_due ?? [])
    : due
  for (const question of questionsFor(businessType, asked)) {
    const answer = (entries.get(question.name) ?? '').trim()
    answers[question.name] = answer
    if (!answer) errors[question.name] = 'Enter this to submit.'
    const meaning = answer.length > 500 ? undefined : question.read(answer)
    if (answer && meaning) Object.assign(details, meaning)
    else if (answer) errors[question.name] = question.fault
  }
  if (due.includes('tos_acceptance.date')) {
    if (entries.get('terms')) {
      answers.terms = 'yes'
      details['tos_acceptance.date'] = String(secondsOf(world))
      details['tos_acceptance.ip'] = '127.0.0.1'
    } else errors.terms = 'Accept the terms to submit.'
  }
  return { answers, errors, details }
}

/** What the page shows when somebody would rather not type. */
const filledIn = (world: World, account: StoredAccount, { answers }: Submitted): OnboardingForm => {
  const file = fileOf(world, account.id)
  const businessType = answers.business_type ?? 'individual'
  const values = testDetails(file, businessType, secondsOf(world))
  const filled: Record<string, string> = { terms: 'yes', business_type: businessType }
  for (const question of questionsFor(businessType, Object.keys(values))) {
    const [field = '', month = '', year = ''] = question.fields
    const pad = (name: string) => (values[name] ?? '').padStart(2, '0')
    const sample = question.fields.length === 3 ? `${values[year] ?? ''}-${pad(month)}-${pad(field)}` : values[field]
    filled[question.name] = answers[question.name] || (sample ?? '')
  }
  return { answers: filled, errors: {} }
}

const answerVisit = async (
  world: World,
  request: Request,
  { account, visit, afterChange }: { account: StoredAccount; visit: OnboardingVisit; afterChange: () => Promise<void> },
): Promise<Response> => {
  const file = fileOf(world, account.id)
  const dueNow = () => computeStanding(file, secondsOf(world)).requirements.currently_due ?? []
  if (!dueNow().length) return htmlResponse(nothingDuePage(visit.returnUrl))
  const show = (form: OnboardingForm, status = 200) => {
    const chosen = form.answers.business_type ?? file.given.business_type
    const shown = { ...file, given: chosen === undefined ? file.given : { ...file.given, business_type: chosen } }
    const due = computeStanding(shown, secondsOf(world)).requirements.currently_due ?? []
    const withType = dueNow().includes('business_type') ? [...due, 'business_type'] : due
    return htmlResponse(onboardingPage({ account, file, due: withType, form }), status)
  }
  if (request.method !== 'POST') return show({ answers: {}, errors: {} })

  const entries = new URLSearchParams(await request.text())
  const submitted = read(world, account, entries)
  const action = entries.get('action')
  if (action === 'fill') return show(filledIn(world, account, submitted))
  if (action !== 'later' && Object.keys(submitted.errors).length) return show(submitted, 400)
  enterDetails(world, account, submitted.details)
  await afterChange()
  return redirect(visit.returnUrl)
}

/** `GET` and `POST /setup/v/{visit}`: the pages behind an account link. */
export const handleOnboarding = async (
  world: World,
  request: Request,
  { id, afterChange }: { id: string; afterChange: () => Promise<void> },
): Promise<Response> => {
  runScheduled(world)
  const visit = own(world.state.visits, id)
  if (!visit) return notFound()
  const account = find(world, 'accounts', visit.account)
  if (visit.expiresAt <= secondsOf(world) || !account) return redirect(visit.refreshUrl)
  return answerVisit(world, request, { account, visit, afterChange })
}
