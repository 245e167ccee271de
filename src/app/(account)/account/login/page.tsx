import { LogIn } from '../../_components/log-in'
import { accountMetadata } from '../../_lib/account-metadata'

export const generateMetadata = accountMetadata(({ logIn }) => logIn.title)

type Query = Promise<Record<string, string | string[] | undefined>>

const LogInPage = async ({ searchParams }: { searchParams: Query }) => {
  const { problem } = await searchParams
  return <LogIn problem={typeof problem === 'string' ? problem : undefined} />
}

export default LogInPage
