import { Forgot } from '../../_components/forgot'
import { accountMetadata } from '../../_lib/account-metadata'

export const generateMetadata = accountMetadata(({ forgot }) => forgot.title)

const ForgotPage = () => <Forgot />

export default ForgotPage
