'use client'

import { useEffect, useRef } from 'react'
import { Icon } from '../../(site)/_components/icon'
import { useWords } from '../_lib/use-words'

/** Says what went wrong. The focus goes there: whoever has pressed a button is told why nothing followed. */
export const AccountProblem = ({ text }: { text: string }) => {
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
      </div>
    </div>
  )
}
