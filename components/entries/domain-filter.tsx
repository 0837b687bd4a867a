'use client'

import { X } from 'lucide-react'
import type { Route } from 'next'
import Form from 'next/form'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type ReactNode, useId } from 'react'
import { useTranslations } from '#words'
import { type DomainBox, useDomainBox } from './domain-box'
import type { SuggestDomains } from './domain-choices'

interface DomainFilterProps {
  readonly path: string
  /** What else the URL says. */
  readonly parameters: Readonly<Record<string, string>>
  /** The domain that the list is narrowed to; empty for all. */
  readonly domain: string
  readonly suggest: SuggestDomains
}

/**
 * Narrows a list to one domain. A combobox with a list (WAI-ARIA 1.2) that the panel fills, a few names at a time;
 * without JavaScript a form that takes a whole name. The state is the URL.
 */
export function DomainFilter({ path, parameters, domain, suggest }: DomainFilterProps): ReactNode {
  const t = useTranslations('domains.filter')
  const listId = useId()
  const router = useRouter()
  const to = (name: string): Route => pathTo(path, parameters, name)
  const box = useDomainBox(domain, suggest, (name) => {
    router.push(to(name))
  })
  return (
    <Form action={path as Route} className="relative flex min-w-0 items-center gap-1 text-[13px]">
      {Object.entries(parameters).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <label className="flex min-w-0 items-center gap-2 text-soft">
        {t('label')}
        <DomainInput box={box} listId={listId} isNarrowed={domain !== ''} />
      </label>
      {domain !== '' && (
        <Link
          href={to('')}
          prefetch={false}
          aria-label={t('clear', { domain })}
          title={t('all')}
          className="inline-flex size-8 items-center justify-center rounded-md text-soft hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </Link>
      )}
      <Suggestions id={listId} box={box} />
    </Form>
  )
}

interface DomainInputProps {
  readonly box: DomainBox
  readonly listId: string
  readonly isNarrowed: boolean
}

function DomainInput({ box, listId, isNarrowed }: DomainInputProps): ReactNode {
  const t = useTranslations('domains.filter')
  const { typed, isOpen, marked } = box
  return (
    <input
      role="combobox"
      name="domain"
      aria-expanded={isOpen}
      aria-controls={listId}
      aria-autocomplete="list"
      aria-activedescendant={isOpen && marked >= 0 ? `${listId}-${marked}` : undefined}
      value={typed}
      placeholder={t('all')}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={253}
      className={`address min-h-8 w-56 min-w-0 rounded-lg border bg-panel px-2.5 py-1 text-ink ${isNarrowed ? 'border-accent' : 'border-edge'}`}
      onFocus={(event) => {
        event.target.select()
      }}
      onClick={() => {
        box.setOpen(true)
      }}
      onBlur={() => {
        box.setOpen(false)
      }}
      onKeyDown={box.press}
      onChange={(event) => {
        box.change(event.target.value)
      }}
    />
  )
}

interface SuggestionsProps {
  readonly id: string
  readonly box: DomainBox
}

function Suggestions({ id, box }: SuggestionsProps): ReactNode {
  const t = useTranslations('domains.filter')
  const { isOpen, answer, marked, mark, pick } = box
  const names = answer?.status === 'found' ? answer.names : []
  return (
    <div
      hidden={!isOpen}
      className="absolute top-full right-0 left-0 z-20 mt-1 min-w-64 rounded-lg border border-edge bg-panel p-1 shadow-lg"
    >
      <ul id={id} role="listbox" aria-label={t('list')}>
        {names.map((name, at) => (
          <li
            key={name}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === marked}
            className={`address cursor-pointer truncate rounded-md px-2 py-1 ${at === marked ? 'bg-accent-ground text-accent' : ''}`}
            onMouseMove={() => {
              mark(at)
            }}
            // The press would take the focus from the input, and with it the list would be gone before the click.
            onMouseDown={(event) => {
              event.preventDefault()
            }}
            onClick={() => {
              pick(name)
            }}
          >
            {name}
          </li>
        ))}
      </ul>
      <p role="status" className="px-2 py-1 text-soft empty:hidden">
        {isOpen && <Said answer={answer} />}
      </p>
    </div>
  )
}

function Said({ answer }: Pick<DomainBox, 'answer'>): ReactNode {
  const t = useTranslations('domains.filter')
  if (answer === null) return t('busy')
  if (answer.status !== 'found') return t('failed')
  if (answer.names.length === 0) return t('none')
  return answer.more > 0 ? t('more', { count: answer.more }) : null
}

function pathTo(path: string, parameters: Readonly<Record<string, string>>, domain: string): Route {
  const query = new URLSearchParams({ ...parameters, ...(domain === '' ? {} : { domain }) })
  return (query.size === 0 ? path : `${path}?${query.toString()}`) as Route
}
