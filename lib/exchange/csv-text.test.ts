import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine, readCsv } from './csv-text'

test('what is written is read again, whatever it holds', () => {
  const cell = fc.string().map((text) => text.replaceAll('\0', '').trim())
  const noApostrophe = cell.filter((text) => !/^'[=+\-@\t\r]/.test(text) && !/\r(?!\n)/.test(text))
  fc.assert(
    fc.property(fc.array(fc.tuple(noApostrophe, noApostrophe), { minLength: 1 }), (rows) => {
      const read = readCsv(['a,b\r\n', ...rows.map(csvLine)].join(''), 1000)
      expect(read.status).toBe('read')
      if (read.status !== 'read') return
      const wanted = rows.filter((row) => row.some((value) => value !== ''))
      expect(read.rows.map(({ values }) => values).filter((row) => row.some((one) => one !== ''))).toEqual(
        wanted,
      )
    }),
  )
})

test('commas, semicolons and tabs are told apart; lines are counted', () => {
  for (const delimiter of [',', ';', '\t']) {
    const read = readCsv(`\ufeffmail${delimiter}"full; name, x"\n\na@b.net${delimiter}"Ada\nL."\nc@d.net`, 10)
    expect(read).toMatchObject({
      columns: ['mail', 'full; name, x'],
      rows: [{ values: ['a@b.net', 'Ada\nL.'] }, { values: ['c@d.net'] }],
    })
  }
})

test('a spreadsheet takes no value for a formula', () => {
  expect(csvLine(['@domain1.net', '=1+1', 'a@b.net'])).toBe("'@domain1.net,'=1+1,a@b.net\r\n")
})

test('a quote that is never closed is a mistake', () => {
  expect(readCsv('mail\n"a@b.net\n', 10).status).toBe('invalid')
})
