'use client'

import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { serverNow } from '../_lib/clock'
import { setVisitorZone } from '../_lib/visitor-zone'
import { filterZones, listZones, zoneOffset } from '../_lib/zones'
import { useTexts } from '../_lib/use-texts'
import { Icon } from './icon'

/** Shows the zone that all times are in, and opens a list of all zones that can be searched by city, region or name. */
export const TimeZonePicker = ({ zone }: { zone: string }) => {
  const { formats, messages } = useTexts()
  const [isOpen, setIsOpen] = useState(false)
  const toggle = useRef<HTMLButtonElement>(null)
  const panelId = useId()

  const close = (): void => {
    setIsOpen(false)
    toggle.current?.focus()
  }

  return (
    <div className="zone-picker">
      <button
        ref={toggle}
        type="button"
        className="zone-picker__toggle"
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name="globe" />
        <span>
          {messages.zone.label} <strong>{formats.zoneCity(zone)}</strong> ({zoneOffset(zone, serverNow())})
        </span>
        <span className="zone-picker__change">{messages.zone.change}</span>
      </button>
      <div id={panelId} className="zone-picker__panel" hidden={!isOpen}>
        {isOpen ? <ZoneSearch zone={zone} onClose={close} /> : null}
      </div>
    </div>
  )
}

const ZoneSearch = ({ zone, onClose }: { zone: string; onClose: () => void }) => {
  const { formats, language, messages } = useTexts()
  const [typed, setTyped] = useState('')
  const [activeZone, setActiveZone] = useState(zone)
  const [now] = useState(serverNow)
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)

  const all = useMemo(() => listZones({ now, current: zone, language }), [now, zone, language])
  const found = useMemo(() => filterZones(all, typed), [all, typed])
  const activeIndex = Math.max(
    0,
    found.findIndex((option) => option.zone === activeZone),
  )
  const active = found[activeIndex]
  const optionId = (name: string): string => `${id}-${name.replaceAll(/[^A-Za-z0-9]/g, '-')}`

  useEffect(() => input.current?.focus(), [])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active?.zone])

  const choose = (name: string | undefined): void => {
    if (name !== undefined) setVisitorZone(name)
    onClose()
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    const move = moves[event.key]
    if (move !== undefined) {
      event.preventDefault()
      const next = Math.min(found.length - 1, Math.max(0, activeIndex + move))
      setActiveZone(found[next]?.zone ?? activeZone)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      choose(active?.zone)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
    }
  }

  return (
    <>
      <label className="visually-hidden" htmlFor={`${id}-input`}>
        {messages.zone.search}
      </label>
      <input
        ref={input}
        id={`${id}-input`}
        className="input"
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        placeholder={messages.zone.search}
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active ? optionId(active.zone) : undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setActiveZone('')
        }}
        onKeyDown={onKeyDown}
      />
      <p className="visually-hidden" role="status">
        {typed ? messages.zone.found(found.length) : ''}
      </p>
      {found.length === 0 ? <p className="zone-picker__none">{messages.zone.none}</p> : null}
      <ul ref={list} id={`${id}-list`} className="zone-picker__list" role="listbox" aria-label={messages.zone.list}>
        {found.map((option) => (
          // The combobox has the focus and the keyboard; options are for pointers.
          <li
            key={option.zone}
            id={optionId(option.zone)}
            role="option"
            aria-selected={option.zone === active?.zone}
            className={option.zone === zone ? 'zone-option zone-option--current' : 'zone-option'}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(option.zone)}
          >
            <span>
              <strong>{option.city}</strong> <span className="zone-option__region">{option.region}</span>
            </span>
            <span className="zone-option__time">
              {formats.time(new Date(now).toISOString(), { timeZone: option.zone })} <small>{option.offset}</small>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
