'use client'

/**
 * palette-search - asks the panel for what is typed into the palette.
 *
 * Fewer than two letters fit too much and are not asked for.
 */
import { type Asking, useNewestAnswer } from '@/components/ui/newest-answer'
import type { PaletteAnswer, PaletteSearch } from './palette-state'

const LEAST = 2
const FAILED: PaletteAnswer = { status: 'failed' }

/** Holds the newest answer. */
export function usePaletteSearch(text: string, search: PaletteSearch): Asking<PaletteAnswer> {
  const wanted = text.trim()
  return useNewestAnswer(wanted.length < LEAST ? null : wanted, search, FAILED)
}
