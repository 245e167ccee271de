import { SetPassword } from '../../_components/set-password'
import { accountMetadata } from '../../_lib/account-metadata'

export const generateMetadata = accountMetadata(({ links }) => links.confirm.title)

const ConfirmPage = () => <SetPassword way="confirm" />

export default ConfirmPage
