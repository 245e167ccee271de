import type { Metadata } from 'next'
import { messages } from '../../messages'
import { DeadLink } from '../dead-link'

const text = messages.account.older

export const metadata: Metadata = { title: text.title, robots: { index: false, follow: false } }

const OlderLinkPage = () => <DeadLink title={text.title} reason={text.text} />

export default OlderLinkPage
