import type { Metadata } from 'next'
import { messages } from '../../messages'
import { SetPassword } from '../set-password'

export const metadata: Metadata = { title: messages.account.password.title, robots: { index: false, follow: false } }

const PasswordPage = () => <SetPassword way="password" />

export default PasswordPage
