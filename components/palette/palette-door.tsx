'use client'

/**
 * palette-door - opens the command palette and the help on keys, and knows the keys that jump.
 *
 * The palette itself is loaded when it is first wanted, so that it costs the first page nothing.
 */
import { Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslations } from '#words'
import { type Place, placesFor } from '@/components/shell/places'
import type { ChoosePreference, PaletteSearch } from './palette-state'
import { singleKeyOf } from './shortcuts'

const Palette = dynamic(() => import('./palette').then((loaded) => loaded.Palette), { ssr: false })
const ShortcutHelp = dynamic(() => import('./shortcut-help').then((loaded) => loaded.ShortcutHelp), {
  ssr: false,
})

/** After g, the next key is waited for so long. */
const JUMP_MS = 1500

interface PaletteDoorProps {
  readonly isPostmaster: boolean
  readonly search: PaletteSearch
  readonly choose: ChoosePreference
}

type Opened = 'palette' | 'help' | null

/** The button that opens the palette; the keys work on every page that has it. */
export function PaletteDoor({ isPostmaster, search, choose }: PaletteDoorProps): ReactNode {
  const words = useTranslations('palette')
  const { opened, open, close, restoreFocus } = useOpened()
  const places = placesFor(isPostmaster)
  useShortcuts(open, places)
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        className="inline-flex min-h-9 items-center gap-2 rounded-lg border border-edge bg-panel px-2.5 text-[13px] text-soft hover:text-ink"
        onClick={() => {
          open('palette')
        }}
      >
        <Search aria-hidden className="size-4" />
        <span className="sr-only md:not-sr-only">{words('open')}</span>
        <kbd
          aria-hidden
          className="ml-auto hidden rounded border border-line px-1.5 font-mono text-xs md:inline"
        >
          ctrl K
        </kbd>
      </button>
      {opened === 'palette' && (
        <Palette
          places={places}
          search={search}
          choose={choose}
          onClose={close}
          onHelp={() => {
            open('help')
          }}
          onCloseAutoFocus={restoreFocus}
        />
      )}
      {opened === 'help' && <ShortcutHelp places={places} onClose={close} onCloseAutoFocus={restoreFocus} />}
    </>
  )
}

interface Opening {
  readonly opened: Opened
  readonly open: (what: Exclude<Opened, null>) => void
  readonly close: () => void
  /** Gives the focus back to whatever had it before: a dialog that keys open has no button to return to. */
  readonly restoreFocus: (event: Event) => void
}

function useOpened(): Opening {
  const [opened, setOpened] = useState<Opened>(null)
  const owner = useRef<Element | null>(null)
  const open = useCallback((what: Exclude<Opened, null>): void => {
    // The help may be opened from the palette, which is gone then.
    if (document.activeElement?.closest('[role=dialog]') == null) owner.current = document.activeElement
    setOpened(what)
  }, [])
  return {
    opened,
    open,
    close: () => {
      setOpened(null)
    },
    restoreFocus: (event) => {
      event.preventDefault()
      if (owner.current instanceof HTMLElement) owner.current.focus()
    },
  }
}

function useShortcuts(open: (what: Exclude<Opened, null>) => void, places: readonly Place[]): void {
  const router = useRouter()
  const leaderAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        open('palette')
        return
      }
      const key = singleKeyOf(event)
      const isJump = event.timeStamp - leaderAt.current < JUMP_MS
      leaderAt.current = Number.NEGATIVE_INFINITY
      if (key === '?') {
        event.preventDefault()
        open('help')
      } else if (key === 'g' && !isJump) {
        leaderAt.current = event.timeStamp
      } else if (isJump) {
        const place = places.find((candidate) => candidate.key === key)
        if (place !== undefined) router.push(place.href)
      }
    }
    document.addEventListener('keydown', press)
    return () => {
      document.removeEventListener('keydown', press)
    }
  }, [open, places, router])
}
