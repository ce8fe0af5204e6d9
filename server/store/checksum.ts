import { crc32 } from 'node:zlib'

/** CRC-32 of what is stored, to tell bytes that rotted on the disk from those that were written. */
export const checksum = (data: Uint8Array): number => crc32(data)
