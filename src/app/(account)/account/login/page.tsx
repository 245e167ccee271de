import { LogIn } from '../../_components/log-in'
import { accountMetadata } from '../../_lib/account-metadata'
import { wayOn } from '../../_lib/way-on'

export const generateMetadata = accountMetadata(({ logIn }) => logIn.title)

type Query = Promise<Record<string, string | string[] | undefined>>

const textOf = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

const LogInPage = async ({ searchParams }: { searchParams: Query }) => {
  const { problem, redirect, again } = await searchParams
  return <LogIn back={wayOn(textOf(redirect))} isAgain={again === '1'} problem={textOf(problem)} />
}

export default LogInPage
