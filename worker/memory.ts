/** Imported first: the worker lives in a small container beside a shop's database. */
import { setFlagsFromString } from 'node:v8'

// Prisma's query compiler is WebAssembly: its optimized code takes 30 MB that a few queries a second do not need.
setFlagsFromString('--liftoff-only')
// Short-lived objects are collected after 1 MB instead of 16.
setFlagsFromString('--max-semi-space-size=1')
