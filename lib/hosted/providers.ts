/** Who is known to run PostgreSQL for others: by which hosts, where it tells how to restore, and where it is done. */
export type Provider = { id: ProviderId; name: string; hosts: RegExp; guide: string; console?: string }

export type ProviderId =
  | 'neon' | 'supabase' | 'rds' | 'cloudSql' | 'azure' | 'railway' | 'render' | 'digitalOcean' | 'aiven' | 'tiger'
  | 'crunchyBridge'

export const providers: Provider[] = [
  {
    id: 'neon',
    name: 'Neon',
    hosts: /\.neon\.tech$/,
    guide: 'https://neon.com/docs/guides/backup-restore',
    console: 'https://console.neon.tech',
  },
  {
    id: 'supabase',
    name: 'Supabase',
    hosts: /^db\.[^.]+\.supabase\.co$|\.pooler\.supabase\.com$/,
    guide: 'https://supabase.com/docs/guides/platform/backups',
    console: 'https://supabase.com/dashboard/project/_/database/backups/scheduled',
  },
  {
    id: 'rds',
    name: 'Amazon RDS',
    hosts: /\.rds\.amazonaws\.com$/,
    guide: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html',
  },
  {
    id: 'cloudSql',
    name: 'Google Cloud SQL',
    hosts: /^\/cloudsql\/[^/]+:[^/:]+:[^/:]+$/,
    guide: 'https://cloud.google.com/sql/docs/postgres/backup-recovery/backups',
  },
  {
    id: 'azure',
    name: 'Azure Database for PostgreSQL',
    hosts: /\.postgres\.database\.azure\.com$/,
    guide: 'https://learn.microsoft.com/en-us/azure/postgresql/flexible-server/concepts-backup-restore',
  },
  {
    id: 'railway',
    name: 'Railway',
    hosts: /\.proxy\.rlwy\.net$|\.railway\.internal$/,
    guide: 'https://docs.railway.com/reference/backups',
  },
  {
    id: 'render',
    name: 'Render',
    hosts: /\.[a-z]+-postgres\.render\.com$/,
    guide: 'https://docs.render.com/postgresql-backups',
  },
  {
    id: 'digitalOcean',
    name: 'DigitalOcean',
    hosts: /\.db\.ondigitalocean\.com$/,
    guide: 'https://docs.digitalocean.com/products/databases/postgresql/how-to/restore-from-backups/',
  },
  {
    id: 'aiven',
    name: 'Aiven',
    hosts: /\.aivencloud\.com$/,
    guide: 'https://aiven.io/docs/products/postgresql/concepts/pg-backups',
  },
  {
    id: 'tiger',
    name: 'Tiger Cloud',
    hosts: /\.tsdb\.cloud\.timescale\.com$/,
    guide: 'https://www.tigerdata.com/docs/use-timescale/latest/backup-restore',
  },
  {
    id: 'crunchyBridge',
    name: 'Crunchy Bridge',
    hosts: /\.db\.postgresbridge\.com$/,
    guide: 'https://docs.crunchybridge.com/concepts/backups',
  },
]
