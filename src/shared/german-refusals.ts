import type { ErrorCode } from './errors'

/** What a refusal means, to people who work in German. What exactly is amiss stands beside it, in the words of the API. */
const germanRefusals: Readonly<Record<ErrorCode, string>> = {
  invalid_request: 'Eine Angabe passt nicht.',
  unauthenticated: 'Dafür müssen Sie angemeldet sein.',
  second_factor_required: 'Dafür fehlt Ihr zweiter Faktor.',
  fresh_login_required: 'Melden Sie sich dafür noch einmal an.',
  forbidden: 'Das dürfen Sie nicht.',
  not_found: 'Das gibt es nicht.',
  method_not_allowed: 'Das ist hier nicht möglich.',
  slot_taken: 'Diese Zeit wurde gerade vergeben.',
  illegal_transition: 'Das ist in diesem Zustand nicht möglich.',
  idempotency_conflict: 'Das wurde schon mit anderen Angaben gesendet.',
  conflict: 'Inzwischen hat sich etwas geändert.',
  hold_expired: 'Die Reservierung ist abgelaufen.',
  link_expired: 'Dieser Link gilt nicht mehr.',
  payload_too_large: 'Das ist zu viel auf einmal.',
  outside_policy: 'Die Regeln erlauben das nicht.',
  slot_not_offered: 'Diese Zeit wird nicht angeboten.',
  challenge_required: 'Dafür ist zuerst eine Prüfung nötig.',
  rate_limited: 'Zu viele Versuche in kurzer Zeit.',
  internal_error: 'Bei uns ist etwas schiefgegangen.',
  provider_failed: 'Ein Dienst, den wir brauchen, hat nicht wie erwartet geantwortet.',
  unavailable: 'Das ist kurz nicht erreichbar.',
}

/** The same with what exactly is amiss; that alone for a code that is none of ours. */
export const germanRefusal = (code: string, detail: string): string =>
  isCode(code) ? `${germanRefusals[code]} (${detail})` : detail

const isCode = (code: string): code is ErrorCode => Object.hasOwn(germanRefusals, code)
