/** At most `most` characters, the last of them a sign that there are more; never half a character, which no database stores. */
export function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text
}
