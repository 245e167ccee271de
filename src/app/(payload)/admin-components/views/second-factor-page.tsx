import { MinimalTemplate } from '@payloadcms/next/templates'
import { redirect } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'
import { formatAdminURL, getSafeRedirect } from 'payload/shared'
import { waitingLoginIn } from '#accounts/second-factor/find-factor-owner'
import { EnrolSecondFactor } from '../account/enrol-second-factor'
import { ShowSecondFactor } from '../account/show-second-factor'

/** `/admin/second-factor`: the way on for somebody whose password was right, and who still has to show more, or to set it up. */
export const SecondFactorPage = async ({ initPageResult, searchParams }: AdminViewServerProps) => {
  const { req } = initPageResult
  const { admin: adminRoute } = req.payload.config.routes
  const back = getSafeRedirect({ fallbackTo: adminRoute, redirectTo: searchParams?.redirect ?? '' })
  if (req.user) redirect(back)
  const loginUrl = `${formatAdminURL({ adminRoute, path: '/login' })}?redirect=${encodeURIComponent(back)}`
  const waiting = await waitingLoginIn(req)
  if (!waiting) redirect(loginUrl)
  return (
    <MinimalTemplate>
      <main className="parley-second-factor">
        {waiting.waitsFor === 'enrolment' ? (
          <EnrolSecondFactor back={back} loginUrl={loginUrl} />
        ) : (
          <ShowSecondFactor back={back} loginUrl={loginUrl} />
        )}
      </main>
    </MinimalTemplate>
  )
}
