import type { GlobalBeforeChangeHook } from 'payload'
import { hasSecondFactor } from '#accounts/second-factor/factor-queries'
import { DomainError } from '#shared/errors'

const dates = ['staffFrom', 'consultantsFrom'] as const

const dateOf = (settings: unknown, name: (typeof dates)[number]): number | null => {
  const group: unknown = isRecord(settings) ? settings.secondFactor : undefined
  const value: unknown = isRecord(group) ? group[name] : undefined
  if (value instanceof Date) return value.getTime()
  return typeof value === 'string' && value !== '' ? Date.parse(value) : null
}

/**
 * Whoever demands a second factor of others has one: they know that it works here, and somebody is left who can log in and help.
 * @throws DomainError `outside_policy`. The Local API without a user is our own code.
 */
export const keepFromLockingOut: GlobalBeforeChangeHook = async ({ data, originalDoc, req }) => {
  const demanded = dates.find((name) => {
    const date = dateOf(data, name)
    return date !== null && date !== dateOf(originalDoc, name)
  })
  if (demanded === undefined || !req.user || (await hasSecondFactor(req, String(req.user.id)))) return data
  const message = 'Set up a second factor of your own first, in your account. Then you can demand one of others.'
  throw new DomainError('outside_policy', message, { errors: [{ path: `secondFactor.${demanded}`, message }] })
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
