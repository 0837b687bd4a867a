/**
 * list-page - how long a page of a list is, and how pages are counted. Pure.
 *
 * One length for every list of the panel: with rows of about 30 pixels a page fits on one screen (1440 x 900).
 */
import { z } from 'zod'

/** Rows on a page. */
export const ROWS_PER_PAGE = 25

/** The page in the URL, from 1; anything odd is the first. */
export const pageInUrl = z.coerce.number().int().min(1).max(1_000_000).catch(1)

/** How many pages a list of so many rows has; an empty one has one too. */
export function pagesOf(total: number, rowsPerPage: number = ROWS_PER_PAGE): number {
  return Math.max(1, Math.ceil(total / rowsPerPage))
}

/** The place of a page's first row in the whole list, from 1. */
export function firstOfPage(page: number): number {
  return (page - 1) * ROWS_PER_PAGE + 1
}

export interface ShownPage {
  readonly page: number
  /** Rows on it. */
  readonly shown: number
  /** Rows of the whole list; null when the server did not say. */
  readonly total: number | null
}

/** Whether a page is empty because the list ends before it, and not because nothing was found. */
export function isBeyondEnd({ page, shown, total }: ShownPage): boolean {
  return shown === 0 && page > 1 && total !== 0
}

/** The rows of one page, from a list that is at hand. */
export function rowsOfPage<Row>(rows: readonly Row[], page: number): readonly Row[] {
  return rows.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE)
}
