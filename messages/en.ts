import account from './en/account.json'
import aliases from './en/aliases.json'
import bulk from './en/bulk.json'
import charts from './en/charts.json'
import domain from './en/domain.json'
import domains from './en/domains.json'
import edit from './en/edit.json'
import exchange from './en/exchange.json'
import findings from './en/findings.json'
import health from './en/health.json'
import history from './en/history.json'
import lookups from './en/lookups.json'
import mailbox from './en/mailbox.json'
import mailboxes from './en/mailboxes.json'
import overview from './en/overview.json'
import palette from './en/palette.json'
import plans from './en/plans.json'
import preview from './en/preview.json'
import proof from './en/proof.json'
import recovery from './en/recovery.json'
import refusals from './en/refusals.json'
import requests from './en/requests.json'
import scan from './en/scan.json'
import setup from './en/setup.json'
import shell from './en/shell.json'
import signIn from './en/signIn.json'
import templates from './en/templates.json'
import tokens from './en/tokens.json'
import ui from './en/ui.json'
import undo from './en/undo.json'
import viewAs from './en/viewAs.json'

/** Every text of the panel in English, a file for each namespace. */
export const english = {
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
