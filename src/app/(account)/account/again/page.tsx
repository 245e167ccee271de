import { LoggedInAgain } from '../../_components/logged-in-again'
import { accountMetadata } from '../../_lib/account-metadata'

export const generateMetadata = accountMetadata(({ again }) => again.done)

const LoggedInAgainPage = () => <LoggedInAgain />

export default LoggedInAgainPage
