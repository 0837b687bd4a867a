import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { personDn } from '@/scripts/demo/names'
import { addDomain } from '../fixtures/domain'
import { expect, openMailbox, signIn, test } from '../fixtures/test'
import { doTask, type Task, undoEach, writeJob } from '../fixtures/undone-task'

/** Does a task for all mailboxes of a domain. */
async function doForAll(page: Page, domain: string, task: RegExp): Promise<void> {
  await page.goto(`/plans/bulk?all=1&domain=${domain}`)
  await page.getByRole('radio', { name: task }).check()
  if (/quota/i.test(task.source)) await page.getByLabel(/^Quota, for example/).fill('3 GB')
  await page.getByRole('button', { name: 'Check what this does' }).click()
  await writeJob(page)
}

/** Nothing that a person could not use, and a picture of it. */
async function check(page: Page, screenshot: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  await page.screenshot({ path: screenshot })
}

test.describe('undone from History, the directory is as before', () => {
  test.describe.configure({ timeout: 180_000 })

  test('every task of a domain', async ({ page, facts }) => {
    await addDomain(facts, 'north.example', 2, ['info@north.example'])
    await facts.modify(
      `dn: ${personDn('mbrown')}\nchangetype: modify\nadd: mailAlias\nmailAlias: mary@north.example\n`,
    )
    await facts.modify(
      `dn: dc=north.example,ou=Domains,dc=example,dc=net\nchangetype: modify\nadd: associatedName\nassociatedName: ${personDn('north1')}\n`,
    )
    const at = (path: string): string => `/domains/north.example${path}`
    const rename = (keep: string, words: RegExp): Task => ({
      name: `rename, old addresses: ${keep}`,
      words,
      make: async () => {
        await page.goto(at(`/rename?to=south.example&keep=${keep}`))
        await doTask(page, 'Rename north.example')
      },
    })
    await signIn(page, 'postmaster')
    await undoEach(page, facts, [
      {
        name: 'create',
        words: /added the domain new\.example/,
        make: async () => {
          await page.goto('/domains/new')
          await page.getByRole('textbox', { name: /^Name dc/ }).fill('new.example')
          await page.getByLabel(/^Postmaster/).fill('johndoe@domain1.net')
          await doTask(page, 'Save')
        },
      },
      {
        name: 'edit',
        words: /added .* Up north to north\.example/,
        make: async () => {
          await page.goto(at(''))
          await page.getByLabel(/^Description/).fill('Up north')
          await doTask(page, 'Save')
        },
      },
      {
        name: 'an administrator more',
        words: /added the administrator .*north0.* to north\.example/,
        make: async () => {
          await page.goto(at('/administrators?q=north0'))
          await page.getByRole('link', { name: 'Add: north 0' }).click()
          await doTask(page, 'Make north 0 an administrator')
        },
      },
      {
        name: 'an administrator less',
        words: /removed the administrator .*north1.* from north\.example/,
        make: async () => {
          await page.goto(at('/administrators'))
          await page.getByRole('link', { name: 'Remove north 1' }).click()
          await doTask(page, 'Remove north 1')
        },
      },
      {
        name: 'alias domain',
        words: /added the domain twin\.example, with 3 other changes$/,
        make: async () => {
          await page.goto(at('/alias-domain?to=twin.example'))
          await doTask(page, 'Make it an alias domain')
        },
      },
      rename('all', /added the domain south\.example, with 3 other changes$/),
      rename(
        'mailboxes',
        /renamed north\.example to south\.example, with \d+ other changes$|added the domain south\.example, with \d+ other changes$/,
      ),
      rename('none', /renamed north\.example to south\.example, with \d+ other changes$/),
      {
        name: 'delete with everything',
        words: /deleted the domain north\.example, with 3 other changes$/,
        make: async () => {
          await page.goto(at('/delete?everything=yes'))
          await doTask(page, /^Delete north\.example and everything/)
        },
      },
    ])
  })

  test('a catch-all turned on, and one turned off; what is shown of it can be used by everybody', async ({
    page,
    facts,
  }, info) => {
    await addDomain(facts, 'catch.example', 1)
    await signIn(page, 'postmaster')
    const on = async (): Promise<void> => {
      await page.goto('/domains/catch.example/catch-all?q=johndoe')
      await page.getByRole('link', { name: 'Choose: John Doe' }).click()
      await doTask(page, 'Turn the catch-all on')
    }
    await undoEach(page, facts, [
      { name: 'on', words: /added the alias @catch\.example to John Doe, with 1 other change$/, make: on },
    ])
    await on()
    await undoEach(page, facts, [
      {
        name: 'off',
        words: /removed the alias @catch\.example from John Doe/,
        make: async () => {
          await page.goto('/domains/catch.example/catch-all')
          await page.getByRole('link', { name: 'Turn off' }).click()
          await doTask(page, 'Turn the catch-all off')
        },
      },
    ])
    await page.goto('/history')
    await check(page, info.outputPath('lines.png'))
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 390, height: 900 })
    await page
      .getByRole('link', { name: /with 1 other change$/ })
      .last()
      .click()
    await expect(page.getByText('All of it was taken back.')).toBeVisible()
    await expect(page.getByText(/^By Martha Okafor, .*20\d\d/)).toBeVisible()
    await check(page, info.outputPath('together.png'))
    await page.goto('/domains/nowhere.example')
    await expect(page.getByRole('heading', { level: 1, name: 'This domain is not here' })).toBeVisible()
    await check(page, info.outputPath('gone.png'))
  })

  test('a mailbox made, whose page then says that it is gone, and one deleted', async ({ page, facts }) => {
    await signIn(page, 'postmaster')
    let path = ''
    await undoEach(page, facts, [
      {
        name: 'create',
        words: /added the mailbox Nora North$/,
        place: 1,
        make: async () => {
          await page.goto('/mailboxes/new?domain=domain2.me')
          await page.getByLabel(/^Given name/).fill('Nora')
          await page.getByLabel(/^Family name/).fill('North')
          await page.getByLabel(/^Mailbox/).fill('nora.north')
          await doTask(page, 'Save')
          await page.getByRole('link', { name: 'Open the mailbox' }).click()
          await expect(page.getByRole('heading', { level: 1, name: 'Nora North' })).toBeVisible()
          path = new URL(page.url()).pathname
        },
      },
    ])
    expect((await page.goto(path))?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1, name: 'This mailbox is not here' })).toBeVisible()
    await page.getByRole('link', { name: 'Look in History' }).click()
    const changes = page.getByRole('list', { name: 'Changes' })
    await expect(changes).toContainText('deleted the mailbox Nora North')
    await expect(changes).toContainText('added the mailbox Nora North')

    await undoEach(page, facts, [
      {
        name: 'delete',
        words: /deleted the mailbox Jonas Brandt$/,
        make: async () => {
          await openMailbox(page, 'Jonas Brandt')
          await page.goto(`${new URL(page.url()).pathname}/delete`)
          await doTask(page, 'Delete')
        },
      },
    ])
  })

  test('an alias made, moved, given another destination, and removed', async ({ page, facts }) => {
    const address = 'northern@domain1.net'
    const choose = async (typed: string, name: string): Promise<void> => {
      await page.getByRole('combobox', { name: 'Add a mailbox' }).fill(typed)
      await page.getByRole('option', { name }).click()
    }
    await signIn(page, 'postmaster')
    await undoEach(page, facts, [
      {
        name: 'create',
        words: /added the alias northern@domain1\.net to Kenji Tanaka$/,
        make: async () => {
          await page.goto(`/aliases/new?address=${address}`)
          await choose('kenji', 'Kenji Tanaka')
          await doTask(page, 'Save')
        },
      },
    ])
    await facts.modify(
      `dn: ${personDn('ktanaka')}\nchangetype: modify\nadd: mailAlias\nmailAlias: ${address}\n`,
    )
    const edit = `/aliases/edit?address=${address}`
    await undoEach(page, facts, [
      {
        name: 'another destination',
        words: /added the alias northern@domain1\.net to Dina Haddad$/,
        make: async () => {
          await page.goto(edit)
          await choose('dina', 'Dina Haddad')
          await doTask(page, 'Save')
        },
      },
      {
        name: 'move',
        words: /the alias northern@domain1\.net (?:to|from) .*, with 1 other change$/,
        make: async () => {
          await page.goto(edit)
          await page.getByRole('button', { name: 'Move to another mailbox' }).click()
          await choose('dina', 'Dina Haddad')
          await doTask(page, 'Save')
        },
      },
      {
        name: 'remove',
        words: /removed the alias northern@domain1\.net from Kenji Tanaka$/,
        make: async () => {
          await page.goto(edit)
          await page.getByRole('button', { name: 'Remove this alias' }).click()
          await doTask(page, 'Save')
        },
      },
    ])
  })

  test('a task for many, an import, and a plan', async ({ page, facts }) => {
    await addDomain(facts, 'many.example', 3)
    await signIn(page, 'postmaster')
    await undoEach(page, facts, [
      {
        name: 'disable many',
        words: /: Disable mailboxes, 3 changes in 1 step$/,
        make: () => doForAll(page, 'many.example', /^Disable/),
      },
      {
        name: 'set the quota of many',
        words: /: Set quotas, 3 changes in 1 step$/,
        make: () => doForAll(page, 'many.example', /^Set the quota/),
      },
      {
        name: 'delete many',
        words: /: Delete mailboxes, 3 changes in 1 step$/,
        make: () => doForAll(page, 'many.example', /^Delete/),
      },
      {
        name: 'import',
        words: /: Import of people\.csv, 3 changes in 1 step$/,
        make: async () => {
          const rows = ['a', 'b', 'c'].map((name) => `row-${name}@domain1.net;Person ${name};Name`)
          const table = ['E-Mail;Vorname;Nachname', ...rows].join('\n')
          await page.goto('/import')
          await page
            .getByLabel(/^CSV or LDIF file/)
            .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
          await page.getByRole('button', { name: 'Read the file' }).click()
          await page.getByRole('button', { name: 'Check all rows' }).click()
          await writeJob(page)
        },
      },
      {
        name: 'plan',
        words: /changed .* with 1 other change$/,
        make: async () => {
          for (const name of ['Mary Brown', 'Alessia Marchetti']) {
            await openMailbox(page, name)
            await page.getByLabel(/^Given name/).fill('Planned')
            await page.getByRole('button', { name: 'Add to plan' }).click()
            await expect(page.getByRole('status').filter({ hasText: 'In your plan' })).toBeVisible()
          }
          await page.getByRole('link', { name: 'Open the plan' }).click()
          await page.getByRole('button', { name: 'Write the plan' }).click()
          await expect(page.getByRole('status').filter({ hasText: 'As previewed' })).toBeVisible()
        },
      },
    ])
  })
})
