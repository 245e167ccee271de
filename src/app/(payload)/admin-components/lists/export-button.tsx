'use client'

import { Button, toast, useConfig, useListDrawerContext, useListQuery } from '@payloadcms/ui'
import { mergeListSearchAndWhere } from 'payload/shared'
import { useState } from 'react'
import { explain } from '../lib/api'
import { saveFile } from '../lib/save-file'
import { useWords } from '../lib/use-words'

/** Saves what the list shows, with its filter, search and order, as a file for spreadsheets. */
export const ExportButton = ({ collectionSlug }: { collectionSlug: string }) => {
  const { say } = useWords()
  const { config, getEntityConfig } = useConfig()
  const { isInDrawer } = useListDrawerContext()
  const { query } = useListQuery()
  const [isBusy, setBusy] = useState(false)
  if (isInDrawer) return null

  const save = async () => {
    const { search, sort, where } = query
    const asked = mergeListSearchAndWhere({
      collectionConfig: getEntityConfig({ collectionSlug }),
      search: typeof search === 'string' ? search : '',
      // What it is given it adds the search to.
      where: structuredClone(where ?? {}),
    })
    const parameters = new URLSearchParams({
      ...(Object.keys(asked).length ? { where: JSON.stringify(asked) } : {}),
      ...(typeof sort === 'string' && sort ? { sort } : {}),
    })
    setBusy(true)
    try {
      await saveFile(`${config.routes.api}/exports/${collectionSlug}.csv?${parameters.toString()}`)
    } catch (error) {
      toast.error(explain(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="parley-list-bar">
      <Button buttonStyle="secondary" disabled={isBusy} margin={false} onClick={() => void save()} size="small">
        {isBusy ? say('Exporting…') : say('Export (CSV)')}
      </Button>
    </div>
  )
}
