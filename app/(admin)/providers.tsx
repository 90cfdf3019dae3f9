'use client'

import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { FormatProvider } from '@/components/format-provider'
import { TooltipProvider } from '@/components/ui/tooltip'
import { leaveSignedOut } from '@/lib/auth/client'
import { RequestError } from '@/lib/fetch-json'
import type { FormatOptions } from '@/lib/format'

type AdminProvidersProps = { format: FormatOptions; now: Date; children: ReactNode }

export function AdminProviders({ format, now, children }: AdminProvidersProps) {
  const [client] = useState(createQueryClient)
  return (
    <QueryClientProvider client={client}>
      <FormatProvider options={format} now={now}>
        <TooltipProvider delayDuration={300}>{children}</TooltipProvider>
      </FormatProvider>
    </QueryClientProvider>
  )
}

/** Polling is the queries' own matter; a poll that failed is not repeated, the next one comes soon enough. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error) => error instanceof RequestError && error.status === 401 && leaveSignedOut() }),
    // A store's network is not the internet: what the browser holds for offline may well reach us.
    defaultOptions: { queries: { retry: false, networkMode: 'always' }, mutations: { networkMode: 'always' } },
  })
}
