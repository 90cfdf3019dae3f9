/** What pgBackRest's codes and words mean to us, as data. Wording of 2.45 to 2.60. */
import type { FailureCode } from '@/lib/jobs/schema'

/** Values the words of a code may use (messages/<locale>/failures.json); `none` stands for one that is not known. */
export const failureParams = {
  'worker-lost': [],
  'lease-lost': [],
  'queue-expired': [],
  internal: [],
  'pgbackrest-missing': [],
  'configuration-unreadable': ['path'],
  'stanza-not-configured': ['stanza'],
  'option-invalid': ['option'],
  'archive-mode-off': [],
  'archive-command-missing': ['archiveCommand'],
  'archive-mode-always': [],
  'archive-timeout': ['wal'],
  'archive-of-another-cluster': ['systemId', 'stanzaSystemId'],
  'stanza-missing': ['path'],
  'stanza-of-another-cluster': ['systemId', 'stanzaSystemId'],
  'lock-held': ['path'],
  'lock-permission': ['path'],
  stopped: ['stoppedStanza'],
  'repository-missing': ['path'],
  'repository-read-only': ['path'],
  'repository-permission': ['path'],
  'repository-full': ['path'],
  'repository-unreachable': ['host'],
  'repository-refused': ['status'],
  'repository-untrusted': ['host'],
  'repository-damaged': ['path'],
  'repository-unknown': ['repo'],
  'repository-keys-wrong': ['type'],
  'repository-region-wrong': ['region'],
  'repository-clock-skew': [],
  'repository-not-allowed': ['step', 'type'],
  'repository-undeletable': ['type'],
  'repository-altered': [],
  'repository-certificate-expired': ['host'],
  'repository-ca-unreadable': [],
  'passphrase-wrong': [],
  'database-down': [],
  'database-refused': ['reason'],
  'database-in-recovery': [],
  'database-query': ['reason'],
  'database-interrupted': [],
  'database-mismatch': ['path'],
  'database-unreadable': ['path'],
  'postgres-unsupported': [],
  'clock-behind': ['latest'],
  'expire-failed': ['label'],
  terminated: [],
  'target-unreachable': [],
  'target-not-reached': [],
  'target-unsupported': [],
  'rehearsal-missing': [],
  'rehearsal-exists': ['name'],
  'rehearsal-cannot-start': [],
  'rehearsal-broken': [],
  'cluster-missing': [],
  'cluster-unarchived': ['waiting'],
  'cluster-of-another-shop': ['systemId', 'stanzaSystemId'],
  tablespaces: ['names'],
  'disk-short': ['needed', 'free', 'path'],
  'disk-full': ['path'],
  'wal-missing': ['wal'],
  'archive-behind-switch': ['waiting'],
  'supervisor-absent': ['path'],
  'switch-refused': ['why'],
  'switch-rolled-back': [],
  'switch-stuck': ['path'],
  'switch-interrupted': [],
  'shop-role-refused': ['role'],
  'restore-point-exists': ['name'],
  'in-place-incomplete': [],
  'rescue-conflict': ['what'],
  'rescue-changed': ['what'],
  'rescue-missing': [],
  'rescue-busy': [],
  'rescue-unknown': [],
  'outcome-unknown': [],
  'pgbackrest-error': ['number'],
} as const satisfies Record<FailureCode, readonly string[]>

export type FailureRule = {
  code: FailureCode
  /** pgBackRest's command it holds for; any without */
  command?: 'restore'
  /** pgBackRest's error numbers it holds for; any without */
  numbers?: readonly number[]
  /** What the words must match; its named groups become params */
  words?: RegExp
  /** Named groups that become params where they match */
  find?: RegExp
  /** Where the matched `path` must lie */
  place?: 'data' | 'repository'
}

const SYSTEM_IDS = /system-id (?<systemId>\d+) do not match (?:repo\d+ )?stanza version \S+ system-id (?<stanzaSystemId>\d+)/

/** The first that holds decides. Words begin with what stopped a look at the cluster, then come the errors themselves. */
export const failureRules: readonly FailureRule[] = [
  { code: 'terminated', numbers: [63] },
  { code: 'stopped', numbers: [62], find: /for stanza (?<stoppedStanza>\S+)/ },

  // A restore only reads the repository: what it cannot write lies where it restores to.
  { code: 'disk-full', command: 'restore', words: /'(?<path>\/[^'\n]+)'[^\n]*: \[(?:28|122)\] / },
  { code: 'disk-full', command: 'restore', numbers: [64], words: /unable to write '(?<path>\/[^'\n]+)'$/m },
  { code: 'rehearsal-broken', command: 'restore', numbers: [38] },
  { code: 'rehearsal-broken', command: 'restore', numbers: [40], words: /because it contains files/ },
  { code: 'target-unreachable', command: 'restore', numbers: [75], words: /^(?:backup set \S+ is not valid|unable to find backup set)/ },
  { code: 'target-unreachable', command: 'restore', numbers: [55], words: /missing file '[^'\n]+\/[0-9A-F]{8}\.history'/ },
  { code: 'target-unreachable', command: 'restore', numbers: [58], words: /^invalid target timeline/ },
  { code: 'target-unsupported', command: 'restore', numbers: [29], words: /^(?:invalid date|lsn requires|automatic backup set selection)/ },
  {
    code: 'repository-damaged',
    command: 'restore',
    numbers: [55],
    place: 'repository',
    words: /missing file '(?<path>\/[^'\n]+\/(?:pg_data|pg_tblspc|bundle)\/[^'\n]+)'/,
  },
  { code: 'repository-damaged', command: 'restore', words: /(?:lz4|zst|zlib|gz|bz2|zip) (?:threw )?error|actual checksum '/ },

  { code: 'configuration-unreadable', words: /^unable to (?:open (?:missing )?file|read) '(?<path>\/[^'\n]+\.(?:conf|json))'/ },
  { code: 'configuration-unreadable', numbers: [29], words: /^(?:key\/value found outside|missing '=' in key\/value)/ },
  { code: 'stanza-not-configured', numbers: [37], words: /requires option: pg\d*-path/ },
  { code: 'repository-unknown', numbers: [32], words: /key '(?<repo>\d+)' is not valid for 'repo' option/ },
  {
    code: 'option-invalid',
    numbers: [31, 32, 37],
    find: /(?:(?:variable|for|option) '|option: |as option )-*(?<option>[a-z][a-z0-9-]*)/,
  },

  { code: 'lock-permission', numbers: [50], words: /lock on file '(?<path>\/[^'\n]+)': Permission denied/ },
  { code: 'lock-held', numbers: [50], find: /lock on file '(?<path>\/[^'\n]+)'/ },

  { code: 'archive-mode-off', numbers: [87] },
  { code: 'archive-mode-always', numbers: [67], words: /archive_mode=always/ },
  { code: 'archive-command-missing', numbers: [68], find: /archive_command '(?<archiveCommand>.*)' must contain/ },
  { code: 'archive-timeout', numbers: [82], find: /WAL segment (?<wal>[0-9A-F]{24})/ },
  { code: 'archive-of-another-cluster', numbers: [44], find: SYSTEM_IDS },
  {
    code: 'stanza-of-another-cluster',
    numbers: [28, 51],
    words: /do not match the database|do not match (?:repo\d+ )?stanza version/,
    find: SYSTEM_IDS,
  },
  { code: 'clock-behind', words: /new backup label '[^']+' is not later than latest backup label '(?<latest>[^']+)'/ },

  { code: 'database-mismatch', numbers: [58], find: /and '(?<path>\/[^'\n]+)' read from/ },
  { code: 'postgres-unsupported', words: /unexpected control version|VersionNotSupportedError/ },
  { code: 'database-mismatch', words: /unable to open missing file '(?<path>\/[^'\n]+)\/global\/pg_control'/ },
  { code: 'database-unreadable', words: /unable to open file '(?<path>\/[^'\n]+\/global\/pg_control)' for read: \[/ },
  { code: 'database-query', numbers: [27, 56], words: /\[DbQueryError\] (?<reason>[^\n]+)/ },
  { code: 'database-refused', numbers: [27, 56], words: /failed: FATAL: +(?! |the database system is)(?<reason>[^\n]+)/ },
  { code: 'database-down', numbers: [27, 56], words: /\[DbConnectError\]/ },
  { code: 'database-in-recovery', numbers: [27, 56], words: /^(?:unable to find primary cluster|primary database not found)/ },
  {
    code: 'database-interrupted',
    numbers: [56, 57, 101],
    words: /server closed the connection|NULL result required|terminating connection|connection to (?:the )?server/,
  },
  { code: 'database-query', numbers: [57], find: /ERROR: +(?<reason>[^\n]+)/ },

  { code: 'repository-ca-unreadable', words: /unable to set user-defined CA certificate location/ },
  { code: 'repository-certificate-expired', words: /certificate has expired/, find: /presented by '(?<host>[^']+)'/ },
  { code: 'repository-untrusted', words: /certificate/, find: /presented by '(?<host>[^']+)'/ },
  // A wrong passphrase makes noise of a file: padding that does not fit, or once in a while letters that form no line of an info file.
  {
    code: 'passphrase-wrong',
    words: /cipher header invalid|is or was the repo encrypted|at line \d+: (?:Salted__|.*[^ -~\n])|load info file[^]*outside of section at line/,
  },
  { code: 'passphrase-wrong', numbers: [95], words: /unable to (?:initialize cipher|process|flush)/ },
  // The provider's own codes, where its answer has them: what was asked for with HEAD comes back without.
  { code: 'repository-clock-skew', words: /RequestTimeTooSkewed|Request date header too old|in a reasonable timeframe/ },
  {
    code: 'repository-region-wrong',
    words: /AuthorizationHeaderMalformed|PermanentRedirect|IllegalLocationConstraint|HTTP request failed with 301/,
    find: /(?:expecting '|<Region>)(?<region>[\w-]+)/,
  },
  {
    code: 'repository-keys-wrong',
    words: /InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|AuthenticationFailed|InvalidAuthenticationInfo|invalid_grant|failed with 401/,
  },
  { code: 'repository-undeletable', words: /BlobImmutableDueToPolicy|retentionPolicyNotMet|ObjectLock|InvalidObjectState|ObjectUnderActiveHold/i },
  {
    code: 'repository-not-allowed',
    words: /<Code>(?:AccessDenied|AuthorizationFailure|AuthorizationPermissionMismatch|InsufficientAccountPermissions)|does not have storage\.|"reason": *"forbidden"/,
  },
  { code: 'repository-missing', words: /HTTP request failed with 404/ },
  { code: 'repository-refused', words: /HTTP request failed with (?<status>4\d\d)/ },
  { code: 'repository-unreachable', words: /HTTP request failed with 5|waiting for (?:read|write) from '(?<host>[^']+)'/ },
  { code: 'repository-unreachable', numbers: [49, 101], find: /(?:connect to|address for) '(?<host>[^']+)'/ },

  { code: 'database-unreadable', place: 'data', words: /'(?<path>\/[^'\n]+)'[^\n]*: \[(?:1|5|13)\] / },
  { code: 'repository-full', place: 'repository', words: /'(?<path>\/[^'\n]+)'[^\n]*: \[(?:28|122)\] / },
  // A write that came out short has no errno: that happens on a full disk only.
  { code: 'repository-full', place: 'repository', numbers: [64], words: /unable to write '(?<path>\/[^'\n]+)'$/m },
  { code: 'repository-read-only', place: 'repository', words: /'(?<path>\/[^'\n]+)'[^\n]*: \[30\] / },
  { code: 'repository-permission', place: 'repository', words: /'(?<path>\/[^'\n]+)'[^\n]*: \[(?:1|13)\] / },
  { code: 'repository-damaged', place: 'repository', words: /'(?<path>\/[^'\n]+)'[^\n]*: \[5\] / },
  { code: 'stanza-missing', numbers: [55, 75], words: /unable to open missing file '(?<path>\/[^'\n]+\/(?:backup|archive)\.info)'/ },
  {
    code: 'repository-damaged',
    words: /unable to load (?:info|backup manifest) file|symptom of repository corruption|directory not empty/,
    find: /unable to load (?:info|backup manifest) file '(?<path>\/[^'\n]+)'/,
  },
]
