import config from '../../config'
import { generatePageMetadata, RootPage } from '@payloadcms/next/views'
import { getNextRequestI18n } from '@payloadcms/next/utilities'
import type { Metadata } from 'next'
import { titleIn } from '../../admin-components/views/title-in'
import { adminWords } from '../../admin-components/words/admin-words'
import { importMap } from '../importMap.js'

type Args = {
  params: Promise<{ segments: string[] }>
  searchParams: Promise<{ [key: string]: string | string[] }>
}

export const generateMetadata = async ({ params, searchParams }: Args): Promise<Metadata> => {
  const { language } = await getNextRequestI18n({ config: await config })
  const metadata = await generatePageMetadata({ config, params, searchParams })
  return { ...metadata, title: titleIn(metadata.title, adminWords(language)) }
}

const Page = ({ params, searchParams }: Args) => RootPage({ config, importMap, params, searchParams })

export default Page
