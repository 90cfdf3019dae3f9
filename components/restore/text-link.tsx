import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'

export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href as Route} className="font-medium text-primary-strong hover:underline">
      {children}
    </Link>
  )
}

/** For rich messages: `<link>job 12</link>`. */
export function jobLink(id: string) {
  return function ToJob(chunks: ReactNode) {
    return <TextLink href={`/jobs/${id}`}>{chunks}</TextLink>
  }
}

export function strong(chunks: ReactNode) {
  return <b className="font-semibold whitespace-nowrap max-md:whitespace-normal">{chunks}</b>
}
