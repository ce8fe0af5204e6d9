import { expect, test } from 'vitest'
import { isOwnOrigin } from './origin.ts'

test('a configured address is the only one', () => {
  expect(isOwnOrigin('https://missions.example.com', 'https://missions.example.com')).toBe(true)
  for (const foreign of ['http://missions.example.com', 'https://missions.example.com.evil.test', 'http://localhost:3000', 'null', '']) {
    expect(isOwnOrigin(foreign, 'https://missions.example.com'), foreign).toBe(false)
  }
})

test('without one every loopback name is', () => {
  for (const own of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'http://missions.localhost', 'https://127.1.2.3']) {
    expect(isOwnOrigin(own, null), own).toBe(true)
  }
  for (const foreign of ['http://localhost.evil.test', 'http://127.0.0.1.evil.test', 'http://192.168.0.2:3000', 'file://localhost', 'null', '']) {
    expect(isOwnOrigin(foreign, null), foreign).toBe(false)
  }
})

test('a page of another program on this machine is foreign', () => {
  expect(isOwnOrigin('http://localhost:3000', null, 'localhost:3000')).toBe(true)
  expect(isOwnOrigin('http://localhost:5173', null, 'localhost:3000')).toBe(false)
})
