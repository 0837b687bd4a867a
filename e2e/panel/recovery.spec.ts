import { addAlias, commitAndDie } from '../fixtures/cut-off-commit'
import { confirmFindings, expect, signIn, test } from '../fixtures/test'

for (const { direction, link, button, firstHasIt, secondHasIt } of [
  {
    direction: 'continued',
    link: 'Continue it',
    button: 'Write what is missing',
    firstHasIt: true,
    secondHasIt: true,
  },
  {
    direction: 'undone',
    link: 'Undo it',
    button: 'Take back what was written',
    firstHasIt: false,
    secondHasIt: false,
  },
]) {
  test(`a commit that was cut off is shown, and ${direction} in the browser`, async ({
    page,
    directory,
    facts,
  }) => {
    const [one, two] = [`one-${direction}@domain1.net`, `two-${direction}@domain1.net`]
    await commitAndDie(directory, [addAlias('johndoe', one), addAlias('mbrown', two)], 'mbrown')
    expect(await facts.values('johndoe', 'mailAlias')).toContain(one)
    expect(await facts.values('mbrown', 'mailAlias')).not.toContain(two)

    await signIn(page, 'postmaster')
    await page.goto('/history')
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Martha Okafor, / })
      .first()
      .click()
    await expect(page.getByRole('heading', { name: 'A change that was cut off' })).toBeVisible()
    await expect(page.getByRole('listitem').filter({ hasText: 'uid=johndoe' })).toContainText('· written')
    await expect(page.getByRole('listitem').filter({ hasText: 'uid=mbrown' })).toContainText('not written')
    await page.getByRole('link', { name: link }).click()
    // One of the two is shown before anything is chosen: what is pressed next is on the page that was asked for.
    await expect(page).toHaveURL(/\?do=/)
    const pane = page.getByRole('complementary', { name: 'What Postfix will answer' })
    await expect(pane.getByRole('button', { name: button })).toBeVisible()
    await confirmFindings(pane)
    await pane.getByRole('button', { name: button }).click()
    await expect(pane.getByRole('status')).toContainText('As previewed')

    expect((await facts.values('johndoe', 'mailAlias')).includes(one)).toBe(firstHasIt)
    expect((await facts.values('mbrown', 'mailAlias')).includes(two)).toBe(secondHasIt)
    await page.goto('/history')
    await expect(page.getByText('was cut off')).toHaveCount(0)
    // The panel that was killed has not recorded whose the first write was: the recovery has.
    const first = page.getByRole('listitem').filter({ hasText: `added the alias ${one}` })
    await expect(first).toContainText(`Martha Okafor added the alias ${one}`)
    await expect(first).toContainText('in Postbook')
  })
}
