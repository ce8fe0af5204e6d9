export const carriesFiles = (transfer: DataTransfer | null) => transfer?.types.includes('Files') ?? false

/** What was dropped: its files, and how many folders, which cannot be attached. */
export function droppedFiles(transfer: DataTransfer): { files: File[]; folders: number } {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file')
  const files = items.flatMap((item) => (item.webkitGetAsEntry()?.isDirectory ? [] : item.getAsFile() ?? []))
  return { files, folders: items.length - files.length }
}

/** Files in what was pasted. Text that a program offers as a picture as well, such as cells of a sheet, is text. */
export function pastedFiles(transfer: DataTransfer | null, at: Date): File[] {
  if (!transfer || transfer.types.includes('text/plain')) return []
  return [...transfer.files].map((file) => (file.name === 'image.png' ? new File([file], `Pasted ${stamp(at)}.png`, { type: file.type }) : file))
}

const stamp = (at: Date) => {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`
}
