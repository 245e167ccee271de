import { SetPassword } from '../../_components/set-password'
import { accountMetadata } from '../../_lib/account-metadata'

export const generateMetadata = accountMetadata(({ links }) => links.password.title)

const PasswordPage = () => <SetPassword way="password" />

export default PasswordPage
