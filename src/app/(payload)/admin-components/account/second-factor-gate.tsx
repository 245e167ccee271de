import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { ServerProps } from 'payload'
import { formatAdminURL, getSafeRedirect } from 'payload/shared'
import { waitingLoginIn } from '#accounts/second-factor/find-factor-owner'

/** In front of the login: whoever has given the right password goes on to their second factor. */
export const SecondFactorGate = async ({ payload, searchParams }: ServerProps) => {
  const waiting = await waitingLoginIn({ headers: await headers(), payload })
  if (!waiting) return null
  const { admin: adminRoute } = payload.config.routes
  const back = getSafeRedirect({ fallbackTo: adminRoute, redirectTo: searchParams?.redirect ?? '' })
  redirect(`${formatAdminURL({ adminRoute, path: '/second-factor' })}?redirect=${encodeURIComponent(back)}`)
}
