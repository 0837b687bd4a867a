'use client'

import { Command } from 'cmdk'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { useTranslations } from '#words'
import type { Place } from '@/components/shell/places'
import { THEMES } from '@/components/shell/theme'
import { usePaletteSearch } from './palette-search'
import type { ChoosePreference, PaletteAnswer, PaletteSearch } from './palette-state'

interface PaletteProps {
  readonly places: readonly Place[]
  readonly search: PaletteSearch
  readonly choose: ChoosePreference
  readonly onClose: () => void
  readonly onHelp: () => void
  readonly onCloseAutoFocus: (event: Event) => void
}

interface Choice {
  readonly id: string
  readonly label: string
  readonly detail?: string
  readonly run: () => void
}

const CREATIONS = [
  { name: 'newMailbox', href: '/mailboxes/new' },
  { name: 'newDomain', href: '/domains/new' },
  { name: 'newAlias', href: '/aliases/new' },
] as const

/** Everything that can be reached, by typing a few letters of it. */
export function Palette(props: PaletteProps): ReactNode {
  const { places, search, choose, onClose, onHelp, onCloseAutoFocus } = props
  const words = useTranslations('palette')
  const router = useRouter()
  const [text, setText] = useState('')
  const { answer, busy } = usePaletteSearch(text, search)
  const go = (href: string): (() => void) => {
    return () => {
      onClose()
      router.push(href as Route)
    }
  }
  const prefer = (name: string, value: string): (() => void) => {
    return () => {
      onClose()
      const form = new FormData()
      form.set(name, value)
      void choose(form)
    }
  }
  const { pages, actions } = useChoices(text.trim(), { places, go, prefer, onHelp })
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed inset-x-3 top-[10dvh] z-50 mx-auto max-w-xl overflow-hidden rounded-xl border border-edge bg-panel text-ink shadow-2xl"
        >
          <Dialog.Title className="sr-only">{words('title')}</Dialog.Title>
          <Command shouldFilter={false} label={words('title')}>
            <Command.Input
              value={text}
              onValueChange={setText}
              maxLength={200}
              placeholder={words('placeholder')}
              className="w-full border-b border-line bg-transparent px-4 py-3 text-[15px] outline-none"
            />
            <Command.List aria-busy={busy} className="max-h-[60dvh] overflow-y-auto p-1.5">
              <Found answer={answer} go={go} />
              <Group heading={words('pages')} choices={pages} />
              <Group heading={words('actions')} choices={actions} />
              <Command.Empty className="px-3 py-6 text-center text-soft">
                {busy ? words('busy') : words('nothing', { text: text.trim() })}
              </Command.Empty>
            </Command.List>
            <p role="status" className="border-t border-line px-4 py-2 text-xs text-soft empty:hidden">
              {answer?.status === 'failed' || answer?.status === 'signedOut' ? words(answer.status) : ''}
            </p>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface Doing {
  readonly places: readonly Place[]
  readonly go: (href: string) => () => void
  readonly prefer: (name: string, value: string) => () => void
  readonly onHelp: () => void
}

/** Pages and actions whose names contain what was typed. */
function useChoices(
  text: string,
  { places, go, prefer, onHelp }: Doing,
): { readonly pages: readonly Choice[]; readonly actions: readonly Choice[] } {
  const words = useTranslations('palette')
  const shell = useTranslations('shell')
  const fits = ({ label }: Choice): boolean => label.toLowerCase().includes(text.toLowerCase())
  const themes = THEMES.map((theme) => ({
    id: `theme ${theme}`,
    label: words('theme', { name: shell(`themeName.${theme}`) }),
    run: prefer('theme', theme),
  }))
  const languages = (['en', 'de'] as const).map((language) => ({
    id: `language ${language}`,
    label: words('language', { name: shell(`languageName.${language}`) }),
    run: prefer('language', language),
  }))
  const trace = {
    id: 'trace',
    label: words('trace', { address: text }),
    run: go(`/lookups?q=${encodeURIComponent(text)}`),
  }
  const actions = [
    ...CREATIONS.map(({ name, href }) => ({ id: href, label: words(name), run: go(href) })),
    ...themes,
    ...languages,
    { id: 'help', label: words('help'), run: onHelp },
  ].filter(fits)
  return {
    pages: places.map(({ name, href }) => ({ id: href, label: shell(name), run: go(href) })).filter(fits),
    actions: text.includes('@') ? [trace, ...actions] : actions,
  }
}

interface FoundProps {
  readonly answer: PaletteAnswer | null
  readonly go: (href: string) => () => void
}

function Found({ answer, go }: FoundProps): ReactNode {
  const words = useTranslations('palette')
  if (answer?.status !== 'found') return null
  const mailboxes = answer.mailboxes.map(({ id, name, mail }) => ({
    id,
    label: name,
    detail: mail,
    run: go(`/mailboxes/${id}`),
  }))
  const aliases = answer.aliases.map((address) => ({
    id: `alias ${address}`,
    label: address,
    run: go(`/aliases/edit?address=${encodeURIComponent(address)}`),
  }))
  const domains = answer.domains.map((name) => ({
    id: `domain ${name}`,
    label: name,
    run: go(`/mailboxes?domain=${encodeURIComponent(name)}`),
  }))
  return (
    <>
      <Group heading={words('mailboxes')} choices={mailboxes} />
      <Group heading={words('aliases')} choices={aliases} mono />
      <Group heading={words('domains')} choices={domains} mono />
    </>
  )
}

interface GroupProps {
  readonly heading: string
  readonly choices: readonly Choice[]
  readonly mono?: boolean
}

function Group({ heading, choices, mono = false }: GroupProps): ReactNode {
  if (choices.length === 0) return null
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-soft"
    >
      {choices.map(({ id, label, detail, run }) => (
        <Command.Item
          key={id}
          value={id}
          onSelect={run}
          className="flex min-h-9 cursor-pointer items-baseline gap-3 rounded-lg px-2.5 py-1.5 data-[selected=true]:bg-accent-ground data-[selected=true]:text-accent"
        >
          <span className={mono ? 'address' : 'shrink-0'}>{label}</span>
          {detail !== undefined && <span className="address truncate text-soft">{detail}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  )
}
