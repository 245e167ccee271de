import { SecondFactor } from '../../_components/second-factor'
import { accountMetadata } from '../../_lib/account-metadata'
import { wayOn } from '../../_lib/way-on'

export const generateMetadata = accountMetadata(({ factor }) => factor.title)

type Query = Promise<Record<string, string | string[] | undefined>>

const SecondFactorPage = async ({ searchParams }: { searchParams: Query }) => {
  const { redirect } = await searchParams
  return <SecondFactor back={wayOn(typeof redirect === 'string' ? redirect : undefined)} />
}

export default SecondFactorPage
