import { expect, test } from 'vitest'
import { pageInUrl, pagesOf, ROWS_PER_PAGE, rowsOfPage } from './list-page'

test('a list has as many pages as it fills, and an empty one has one', () => {
  expect([0, 1, ROWS_PER_PAGE, ROWS_PER_PAGE + 1, 100_026].map((total) => pagesOf(total))).toEqual([
    1, 1, 1, 2, 4002,
  ])
})

test('the last page holds what is left, and the page behind it nothing', () => {
  const rows = Array.from({ length: ROWS_PER_PAGE + 1 }, (_, at) => at)
  expect([1, 2, 3].map((page) => rowsOfPage(rows, page).length)).toEqual([ROWS_PER_PAGE, 1, 0])
})

test('what is no page in the URL is the first', () => {
  expect(['7', '0', '-3', '1.5', 'last', ['1', '2'], undefined].map((page) => pageInUrl.parse(page))).toEqual(
    [7, 1, 1, 1, 1, 1, 1],
  )
})
