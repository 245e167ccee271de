'use client'

import { useEffect, useRef } from 'react'
import { Icon } from '../../(site)/_components/icon'
import { useWords } from '../_lib/use-words'
import { LogInAgain } from './log-in-again'

/**
 * Says what went wrong. The focus goes there: whoever has pressed a button is told why nothing followed.
 * @param isOldLogin it takes a login that is fresh: there is a way to one.
 */
export const AccountProblem = ({ text, isOldLogin = false }: { text: string; isOldLogin?: boolean }) => {
  const heading = useRef<HTMLHeadingElement>(null)
  const { errors } = useWords()
  useEffect(() => heading.current?.focus(), [text])
  return (
    <div className="notice notice--bad" role="alert">
      <Icon name="alert" />
      <div className="notice__body">
        <h2 className="notice__title" ref={heading} tabIndex={-1}>
          {errors.title}
        </h2>
        <p>{text}</p>
        {isOldLogin ? <LogInAgain /> : null}
      </div>
    </div>
  )
}
