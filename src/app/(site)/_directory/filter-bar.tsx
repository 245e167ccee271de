'use client'

import { useEffect, useEffectEvent, useId, useState } from 'react'
import { Icon } from '../_components/icon'
import { formatTag } from '../_lib/format'
import { useTexts } from '../_lib/use-texts'
import { priceCurrency, type Filters } from './filters'
import type { FilterOptions } from './use-filter-options'

type Props = {
  filters: Filters
  options: FilterOptions
  zone: string | undefined
  onChange: (changed: Partial<Filters>) => void
}

/** Minor units. */
const priceSteps = [2_500, 5_000, 10_000, 20_000]

const typingPauseMs = 300

/** Everything takes effect at once; the button is for those who expect one, and for the Enter key. */
export const FilterBar = ({ filters, options, zone, onChange }: Props) => {
  const { formats, messages } = useTexts()
  const text = messages.directory
  const [typed, setTyped] = useState(filters.q)
  const [addressed, setAddressed] = useState(filters.q)
  if (addressed !== filters.q) {
    // The address changed by other means than typing (back, a link): it wins.
    setAddressed(filters.q)
    if (typed.trim() !== filters.q) setTyped(filters.q)
  }

  const search = (): void => {
    const q = typed.trim()
    if (q !== filters.q) onChange({ q })
  }
  const searchAfterPause = useEffectEvent(search)
  useEffect(() => {
    const timer = setTimeout(() => searchAfterPause(), typingPauseMs)
    return () => clearTimeout(timer)
  }, [typed])

  const withCurrent = (values: readonly string[], current: string): string[] =>
    current && !values.includes(current) ? [current, ...values] : [...values]

  return (
    <form
      className="filters"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        onChange({ q: typed.trim() })
      }}
    >
      <div className="filters__search">
        <label className="visually-hidden" htmlFor="directory-q">
          {text.searchLabel}
        </label>
        <Icon name="search" />
        <input
          id="directory-q"
          type="search"
          className="input"
          placeholder={text.searchPlaceholder}
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          // Before what follows, a link that is clicked: a new address of this page would call off the way to another.
          onBlur={search}
        />
        <button type="submit" className="button">
          {text.search}
        </button>
      </div>
      <div className="filters__row" role="group" aria-label={text.filters}>
        <label className="toggle">
          <input
            type="checkbox"
            role="switch"
            checked={filters.freeToday}
            onChange={(event) => onChange({ freeToday: event.target.checked })}
          />
          <span>
            {text.freeToday} {zone ? <small>{text.freeTodayHint(formats.zoneCity(zone))}</small> : null}
          </span>
        </label>
        <FilterSelect
          label={text.specialty}
          value={filters.specialty}
          options={withCurrent(options.specialties, filters.specialty).map((value) => [value, formatTag(value)])}
          onChange={(specialty) => onChange({ specialty })}
        />
        <FilterSelect
          label={text.language}
          value={filters.language}
          options={withCurrent(options.languages, filters.language).map((value) => [
            value,
            formats.languageName(value),
          ])}
          onChange={(language) => onChange({ language })}
        />
        <FilterSelect
          label={text.serviceType}
          value={filters.service}
          options={options.services.map(({ slug, name }) => [slug, name])}
          onChange={(service) => onChange({ service })}
        />
        <FilterSelect
          label={text.maxPrice}
          any={text.anyPrice}
          value={filters.maxPrice}
          options={priceSteps.map((amount) => [String(amount), formats.money({ amount, currency: priceCurrency })])}
          onChange={(maxPrice) => onChange({ maxPrice })}
        />
        <FilterSelect
          label={text.sort}
          any={text.sorts.relevance}
          value={filters.sort}
          options={[
            ['rating', text.sorts.rating],
            ['price', text.sorts.price],
            ['next_available', text.sorts.next_available],
            ['name', text.sorts.name],
          ]}
          onChange={(sort) => onChange({ sort })}
        />
      </div>
    </form>
  )
}

type SelectProps = {
  label: string
  any?: string
  value: string
  options: readonly (readonly [value: string, label: string])[]
  onChange: (value: string) => void
}

const FilterSelect = ({ label, any, value, options, onChange }: SelectProps) => {
  const text = useTexts().messages.directory
  const id = useId()
  return (
    <div className={value ? 'filter filter--set' : 'filter'}>
      <label className="filter__label" htmlFor={id}>
        {label}
      </label>
      <select id={id} className="select select--small" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{any ?? text.any}</option>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
