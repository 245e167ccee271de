import { OwnAccount } from '../_components/own-account'
import { accountMetadata } from '../_lib/account-metadata'

export const generateMetadata = accountMetadata(({ account }) => account.title)

type Query = Promise<Record<string, string | string[] | undefined>>

const AccountPage = async ({ searchParams }: { searchParams: Query }) => {
  const { problem, connected } = await searchParams
  return <OwnAccount problem={typeof problem === 'string' ? problem : undefined} isConnected={connected === '1'} />
}

export default AccountPage
