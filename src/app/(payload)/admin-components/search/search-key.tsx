'use client'

import { Button, useAuth } from '@payloadcms/ui'
import { usePathname } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '../lib/use-words'
import { SearchPanel } from './search-panel'

const shortcut = 'Ctrl K'

const isMac = (): boolean => navigator.platform.startsWith('Mac')

/** The search from every page of staff: by its button in the head, and by Ctrl+K or ⌘K. */
export const SearchKey = () => {
  const { user } = useAuth()
  const { say } = useWords()
  const pathname = usePathname()
  const dialog = useRef<HTMLDialogElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const roles: unknown = user?.roles
  const isStaff = Array.isArray(roles) && (roles.includes('admin') || roles.includes('operations'))

  useEffect(() => {
    if (!isStaff) return
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.key.toLowerCase() !== 'k' || event.altKey || event.shiftKey) return
      // On a Mac, Ctrl+K in a field removes what is behind the cursor.
      if (isMac() ? !event.metaKey : !event.ctrlKey) return
      event.preventDefault()
      setIsOpen(true)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [isStaff])
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
  }, [isOpen])
  // Whoever has followed what was found is done with it.
  useEffect(() => dialog.current?.close(), [pathname])

  if (!isStaff) return null
  return (
    <>
      <Button buttonStyle="secondary" margin={false} onClick={() => setIsOpen(true)} size="small">
        {say('Search')} <kbd className="parley-key">{shortcut}</kbd>
      </Button>
      {isOpen ? (
        <dialog
          aria-label={say('Search')}
          className="parley-search-dialog"
          // The page below may have to ask whether what was typed there is given up: nothing of it can be reached while this is open.
          onClickCapture={({ target }) => {
            if (target instanceof Element && target.closest('a')) setTimeout(() => dialog.current?.close())
          }}
          onClose={() => setIsOpen(false)}
          ref={dialog}
        >
          <SearchPanel />
          <Button buttonStyle="secondary" margin={false} onClick={() => dialog.current?.close()} size="small">
            {say('Close')}
          </Button>
        </dialog>
      ) : null}
    </>
  )
}
