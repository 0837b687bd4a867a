import account from './de/account.json'
import aliases from './de/aliases.json'
import bulk from './de/bulk.json'
import charts from './de/charts.json'
import domain from './de/domain.json'
import domains from './de/domains.json'
import edit from './de/edit.json'
import exchange from './de/exchange.json'
import findings from './de/findings.json'
import health from './de/health.json'
import history from './de/history.json'
import lookups from './de/lookups.json'
import mailbox from './de/mailbox.json'
import mailboxes from './de/mailboxes.json'
import overview from './de/overview.json'
import palette from './de/palette.json'
import plans from './de/plans.json'
import preview from './de/preview.json'
import proof from './de/proof.json'
import recovery from './de/recovery.json'
import refusals from './de/refusals.json'
import requests from './de/requests.json'
import scan from './de/scan.json'
import setup from './de/setup.json'
import shell from './de/shell.json'
import signIn from './de/signIn.json'
import templates from './de/templates.json'
import tokens from './de/tokens.json'
import ui from './de/ui.json'
import undo from './de/undo.json'
import viewAs from './de/viewAs.json'

/** Every text of the panel in German, a file for each namespace. */
export const german = {
  account,
  aliases,
  bulk,
  charts,
  domain,
  domains,
  edit,
  exchange,
  findings,
  health,
  history,
  lookups,
  mailbox,
  mailboxes,
  overview,
  palette,
  plans,
  preview,
  proof,
  recovery,
  refusals,
  requests,
  scan,
  setup,
  shell,
  signIn,
  templates,
  tokens,
  ui,
  undo,
  viewAs,
}
