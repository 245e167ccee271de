import { Notice } from '../_components/notice'
import { messages } from '../messages'
import { AskForLink } from './ask-for-link'

const text = messages.account

/** What stands where a mailed link opens nothing: why, and how to get another one. */
export const DeadLink = ({ title, reason }: { title: string; reason: string }) => (
  <div className="narrow">
    <h1>{title}</h1>
    <div role="alert">
      <Notice tone="warn" icon="alert" title={reason} />
    </div>
    <p className="lead">{text.askIntro}</p>
    <AskForLink />
    <p>
      <a href="/admin/login">{text.staffLogin}</a>
    </p>
  </div>
)
