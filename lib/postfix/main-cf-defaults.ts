/**
 * main-cf-defaults - the default values of the main.cf parameters that decide where an address goes.
 *
 * As printed by `postconf -d` of Postfix 3.7; those that depend on compatibility_level are kept as the
 * expressions they are, so that one rule expands them all. myhostname and mydomain have no text here: they
 * come from the machine (main-cf.ts). Authority: postconf(5).
 */

const BEFORE_LEVEL_1 = '${{$compatibility_level} <level {1} ? {yes} : {no}}'
const FROM_LEVEL_1 = '${{$compatibility_level} <level {1} ? {no} : {yes}}'

/** Unexpanded default values by parameter name. */
export const MAIN_CF_DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['compatibility_level', '0'],
  // Who we are.
  ['myorigin', '$myhostname'],
  ['mydestination', '$myhostname, localhost.$mydomain, localhost'],
  ['inet_interfaces', 'all'],
  ['proxy_interfaces', ''],
  // Address classes and their tables.
  ['alias_maps', 'hash:/etc/aliases, nis:mail.aliases'],
  ['local_recipient_maps', 'proxy:unix:passwd.byname $alias_maps'],
  ['virtual_alias_domains', '$virtual_alias_maps'],
  ['virtual_alias_maps', '$virtual_maps'],
  ['virtual_mailbox_domains', '$virtual_mailbox_maps'],
  ['virtual_mailbox_maps', ''],
  ['virtual_uid_maps', ''],
  ['virtual_gid_maps', ''],
  ['relay_domains', '${{$compatibility_level} <level {2} ? {$mydestination} : {}}'],
  ['relay_recipient_maps', ''],
  [
    'parent_domain_matches_subdomains',
    'debug_peer_list,fast_flush_domains,mynetworks,permit_mx_backup_networks,qmqpd_authorized_clients,relay_domains,smtpd_access_maps',
  ],
  ['canonical_maps', ''],
  ['canonical_classes', 'envelope_sender, envelope_recipient, header_sender, header_recipient'],
  ['recipient_canonical_maps', ''],
  ['recipient_canonical_classes', 'envelope_recipient, header_recipient'],
  ['sender_canonical_maps', ''],
  ['relocated_maps', ''],
  ['smtpd_sender_login_maps', ''],
  // Transports.
  ['transport_maps', ''],
  ['virtual_transport', 'virtual'],
  ['local_transport', 'local:$myhostname'],
  ['relay_transport', 'relay'],
  ['default_transport', 'smtp'],
  // Forms of addresses.
  ['recipient_delimiter', ''],
  ['owner_request_special', 'yes'],
  ['double_bounce_sender', 'double-bounce'],
  ['empty_address_recipient', 'MAILER-DAEMON'],
  ['append_at_myorigin', 'yes'],
  ['append_dot_mydomain', BEFORE_LEVEL_1],
  ['swap_bangpath', 'yes'],
  ['allow_percent_hack', 'yes'],
  ['allow_min_user', 'no'],
  ['allow_untrusted_routing', 'no'],
  ['resolve_dequoted_address', 'yes'],
  ['resolve_null_domain', 'no'],
  ['resolve_numeric_domain', 'no'],
  ['smtputf8_enable', FROM_LEVEL_1],
  // Alias expansion.
  ['propagate_unmatched_extensions', 'canonical, virtual'],
  ['virtual_alias_recursion_limit', '1000'],
  ['virtual_alias_expansion_limit', '1000'],
  ['virtual_alias_address_length_limit', '1000'],
  ['receive_override_options', ''],
  // The SMTP server's replies.
  [
    'smtpd_relay_restrictions',
    '${{$compatibility_level} <level {1} ? {} : {permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination}}',
  ],
  ['smtpd_recipient_restrictions', ''],
  ['smtpd_reject_unlisted_recipient', 'yes'],
  ['show_user_unknown_table_name', 'yes'],
  ['relay_domains_reject_code', '554'],
  ['unknown_local_recipient_reject_code', '550'],
  ['unknown_relay_recipient_reject_code', '550'],
  ['unknown_virtual_alias_reject_code', '550'],
  ['unknown_virtual_mailbox_reject_code', '550'],
  ['soft_bounce', 'no'],
  ['helpful_warnings', 'yes'],
  ['default_database_type', 'hash'],
])
