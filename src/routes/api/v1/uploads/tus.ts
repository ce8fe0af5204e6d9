import { ApiError } from '../answer.ts'

/** The part of the tus protocol (tus.io, 1.0.0) that both routes speak. */
export const tusVersion = { 'tus-resumable': '1.0.0', 'cache-control': 'no-store' } as const

export function requireTus({ headers }: Request) {
  const asked = headers.get('tus-resumable')
  if (asked !== null && asked !== '1.0.0') throw new ApiError(412, 'other_protocol', 'This server speaks version 1.0.0 of the tus protocol.')
}

/** A header that is a whole number from 0 on. */
export function numberIn({ headers }: Request, name: string): number {
  const value = headers.get(name)
  if (value === null || !/^\d{1,15}$/.test(value)) throw new ApiError(400, 'bad_header', `"${name}" must be a whole number.`)
  return Number(value)
}

/** `Upload-Metadata`: names with values in base64, with commas between them. */
export function metadataIn({ headers }: Request): Map<string, string> {
  const found = new Map<string, string>()
  for (const pair of (headers.get('upload-metadata') ?? '').split(',')) {
    const [name, value = ''] = pair.trim().split(' ')
    if (name) found.set(name, Buffer.from(value, 'base64').toString())
  }
  return found
}
