'use client'

import { Dialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { useTranslations } from '#words'
import type { Place } from '@/components/shell/places'
import { Button } from '@/components/ui/button'
import { singleKeysWanted, wantSingleKeys } from './shortcuts'

interface ShortcutHelpProps {
  readonly places: readonly Place[]
  readonly onClose: () => void
  readonly onCloseAutoFocus: (event: Event) => void
}

/** The keys of the panel, and the switch that turns those of single keys off. */
export function ShortcutHelp({ places, onClose, onCloseAutoFocus }: ShortcutHelpProps): ReactNode {
  const words = useTranslations('palette')
  const shell = useTranslations('shell')
  const [wanted, setWanted] = useState(singleKeysWanted)
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed inset-x-3 top-[8dvh] z-50 mx-auto max-h-[84dvh] max-w-md overflow-y-auto rounded-xl border border-edge bg-panel p-5 text-ink shadow-2xl"
        >
          <Dialog.Title className="text-[17px] font-semibold tracking-tight">{words('help')}</Dialog.Title>
          <Dialog.Description className="pt-1 text-soft">{words('helpAbout')}</Dialog.Description>
          <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1.5 py-4">
            <Shortcut keys={['Ctrl', 'K']} label={words('keyPalette')} />
            <Shortcut keys={['/']} label={words('keySearch')} />
            {places.map(({ name, key }) => (
              <Shortcut
                key={name}
                keys={['g', key]}
                between={words('keyThen')}
                label={words('keyGo', { place: shell(name) })}
              />
            ))}
            <Shortcut keys={['?']} label={words('keyHelp')} />
          </dl>
          <label className="flex items-start gap-2 border-t border-line pt-3">
            <input
              type="checkbox"
              checked={wanted}
              className="mt-1 size-4 accent-accent"
              onChange={(event) => {
                setWanted(event.target.checked)
                wantSingleKeys(event.target.checked)
              }}
            />
            <span>
              {words('singleKeys')}
              <span className="block text-[13px] text-soft">{words('singleKeysAbout')}</span>
            </span>
          </label>
          <Dialog.Close asChild>
            <Button className="mt-4 w-full">{words('close')}</Button>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface ShortcutProps {
  readonly keys: readonly string[]
  readonly between?: string
  readonly label: string
}

function Shortcut({ keys, between = '+', label }: ShortcutProps): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd className="text-right text-xs text-soft">
        {keys.map((key, index) => (
          <span key={key}>
            {index > 0 && ` ${between} `}
            <kbd className="rounded border border-edge px-1.5 py-0.5 font-mono text-ink">{key}</kbd>
          </span>
        ))}
      </dd>
    </>
  )
}
