import type { AdminViewServerProps } from 'payload'
import { isStaff } from '#access/roles'
import { MyCalendar } from '../my-calendar'
import { adminWords } from '../words/admin-words'
import { AdminPage, requireAdminLogin } from './admin-page'

const textOf = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' && value ? value : undefined

/** `/admin/my-calendar`: a consultant's own; staff name one with `?consultant=`. What it shows is asked from the API, which decides. */
export const MyCalendarPage = (props: AdminViewServerProps) => {
  requireAdminLogin(props, '/my-calendar')
  const { say } = adminWords(props.initPageResult.req.i18n.language)
  const { searchParams } = props
  const consultant = isStaff(props.initPageResult.req) ? textOf(searchParams?.consultant) : undefined
  const outcome = textOf(searchParams?.outcome)
  return (
    <AdminPage props={props} title={consultant === undefined ? say('My calendar') : say('Calendar of a consultant')}>
      <MyCalendar
        {...(consultant === undefined ? {} : { consultant })}
        {...(outcome === undefined ? {} : { outcome })}
      />
    </AdminPage>
  )
}
