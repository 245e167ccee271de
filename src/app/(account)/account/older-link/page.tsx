import { OlderLink } from '../../_components/older-link'
import { accountMetadata } from '../../_lib/account-metadata'

export const generateMetadata = accountMetadata(({ links }) => links.older.title)

const OlderLinkPage = () => <OlderLink />

export default OlderLinkPage
