import type { Metadata } from 'next'
import { messages } from '../../messages'
import { SetPassword } from '../set-password'

export const metadata: Metadata = { title: messages.account.confirm.title, robots: { index: false, follow: false } }

const ConfirmPage = () => <SetPassword way="confirm" />

export default ConfirmPage
