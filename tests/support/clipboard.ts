import type { Locator } from '@playwright/test'

type Copied = { 'text/plain': string; 'text/html': string }

/** Pastes what a clipboard would hold, by its types, as a browser tells a page of it. */
export const paste = (at: Locator, content: Record<string, string>) => at.evaluate((element, content) => {
  const clipboardData = new DataTransfer()
  for (const [type, text] of Object.entries(content)) clipboardData.setData(type, text)
  element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}, content)

/** Pastes with the keys that ask for the words alone. */
export const pasteWords = (at: Locator, text: string) => at.evaluate((element, text) => {
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/plain', text)
  element.dispatchEvent(new KeyboardEvent('keydown', { key: 'V', ctrlKey: true, shiftKey: true, bubbles: true, cancelable: true }))
  element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}, text)

/** A picture of ten by ten, in base64. */
export const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR42mOw6VmFBzGMSmNDAF2vkIk/z1tBAAAAAElFTkSuQmCC'

/** Pastes a file, as a screenshot comes. */
export const pasteFile = (at: Locator, file: { name: string; type: string; base64: string }) => at.evaluate((element, { name, type, base64 }) => {
  const clipboardData = new DataTransfer()
  clipboardData.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name, { type }))
  element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}, file)

/** What copying the selection puts on the clipboard. */
export const copy = (at: Locator): Promise<Copied> => at.evaluate((element) => {
  const clipboardData = new DataTransfer()
  element.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }))
  return { 'text/plain': clipboardData.getData('text/plain'), 'text/html': clipboardData.getData('text/html') }
})
