import type { Page } from '@playwright/test'
import { personDn, POSTMASTER_GROUP } from '@/scripts/demo/names'
import { COMMON_PASSWORD } from '@/scripts/demo/sample-people'
import { expect, openMailbox, signIn, test } from '../fixtures/test'
import { signInAs } from '../fixtures/sign-in'

/** Changes the given name of a mailbox and puts the change into the plan. */
async function stageName(page: Page, name: string, given: string): Promise<void> {
  await openMailbox(page, name)
  await page.getByLabel(/^Given name/).fill(given)
  await page.getByRole('button', { name: 'Add to plan' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'In your plan' })).toBeVisible()
}

test('edits of two screens are collected, shared, and written together by a second postmaster', async ({
  page,
  facts,
  browser,
  baseURL,
}) => {
  await facts.modify(
    `dn: ${POSTMASTER_GROUP}\nchangetype: modify\nadd: member\nmember: ${personDn('tfletcher')}\n`,
  )
  await signIn(page, 'postmaster')
  await stageName(page, 'Mary Brown', 'Mary Ann')
  await stageName(page, 'John Doe', 'Johnny')
  await expect(page.getByRole('status').filter({ hasText: '2 changes' })).toBeVisible()
  expect(await facts.values('mbrown', 'givenName')).not.toEqual(['Mary Ann'])

  await page.getByRole('link', { name: 'Open the plan' }).click()
  await expect(page.getByRole('list', { name: 'Changes' }).getByRole('listitem')).toHaveCount(2)
  const path = new URL(page.url()).pathname

  const context = await browser.newContext({ baseURL: baseURL ?? '', locale: 'en-GB' })
  const second = await context.newPage()
  await signInAs(second, 'tfletcher', COMMON_PASSWORD)
  await second.goto(path)
  await expect(second.getByText('Only you see this plan')).toHaveCount(0)
  await expect(second.getByRole('list', { name: 'Changes' })).toHaveCount(0)

  await page.getByRole('button', { name: 'Share with others' }).click()
  await expect(page.getByText(path)).toBeVisible()
  await second.goto('/plans')
  await second.getByRole('link', { name: /^Plan of / }).click()
  await expect(second.getByText('The directory would accept this')).toBeVisible()
  await second.getByRole('button', { name: 'Write the plan' }).click()
  await expect(second.getByRole('status').filter({ hasText: 'As previewed' })).toBeVisible()
  expect(await facts.values('mbrown', 'givenName')).toEqual(['Mary Ann'])
  expect(await facts.values('johndoe', 'givenName')).toEqual(['Johnny'])

  await page.reload()
  await expect(page.getByText(/^Written by /)).toBeVisible()
  await second.getByRole('button', { name: /^Undo/ }).click()
  await expect(second.getByRole('region', { name: /undone/i })).toBeVisible()
  expect(await facts.values('mbrown', 'givenName')).not.toEqual(['Mary Ann'])
  expect(await facts.values('johndoe', 'givenName')).not.toEqual(['Johnny'])
  await context.close()
})

test('a plan goes stale by itself and says which entry, until its edit is removed', async ({
  page,
  facts,
}) => {
  await signIn(page, 'postmaster')
  await stageName(page, 'Alessia Marchetti', 'Alessandra')
  await stageName(page, 'Jürgen Köhler', 'Juergen')
  await page.getByRole('link', { name: 'Open the plan' }).click()
  await expect(page.getByRole('button', { name: 'Write the plan' })).toBeEnabled()
  await facts.modify(`dn: ${personDn('jkoehler')}\nchangetype: modify\nreplace: title\ntitle: Director\n`)
  await page.getByRole('button', { name: 'Write the plan' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Not written' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('alert').filter({ hasText: 'The directory has moved on' })).toContainText(
    'jkoehler',
  )
  await page.getByRole('button', { name: /^Remove uid=jkoehler/ }).click()
  await page.getByRole('button', { name: 'Write the plan' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'As previewed' })).toBeVisible()
  expect(await facts.values('jkoehler', 'givenName')).not.toContain('Juergen')
  expect((await facts.values('jkoehler', 'title')).at(0)).toBe('Director')
})
