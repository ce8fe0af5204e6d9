const token = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<![^>]*>|<\/?(?:[^<>"']|"[^"]*"|'[^']*')+>|[^<]+|</g

/** XML with a line for each element; an element that has only words stays on one line. Nothing but space between tags is changed. */
export function indentXml(source: string): string {
  const tokens = (source.match(token) ?? []).filter((each) => each.trim() !== '')
  const lines: string[] = []
  let depth = 0
  for (let at = 0; at < tokens.length; at++) {
    const each = tokens[at]!.trim()
    const opens = /^<[^!?/]/.test(each) && !each.endsWith('/>')
    if (each.startsWith('</')) depth = Math.max(0, depth - 1)
    const [words, end] = [tokens[at + 1], tokens[at + 2]]
    if (opens && words !== undefined && end?.startsWith('</') && !words.startsWith('<')) {
      lines.push(`${'  '.repeat(depth)}${each}${words.trim()}${end.trim()}`)
      at += 2
      continue
    }
    if (opens && words?.startsWith('</')) {
      lines.push(`${'  '.repeat(depth)}${each}${words.trim()}`)
      at += 1
      continue
    }
    lines.push('  '.repeat(depth) + each)
    if (opens) depth++
  }
  return lines.join('\n')
}
