/** Where the dashboard lives below the host: a zone of the shop's own site. */
export const BASE_PATH = '/backups'
