/** Languages that can be picked for code: what is stored, and how it is called. */
export const codeLanguages = [
  ['', 'Plain'], ['bash', 'Shell'], ['c', 'C'], ['cpp', 'C++'], ['csharp', 'C#'], ['css', 'CSS'], ['diff', 'Diff'], ['go', 'Go'], ['graphql', 'GraphQL'], ['html', 'HTML'],
  ['ini', 'INI, TOML'], ['java', 'Java'], ['javascript', 'JavaScript'], ['json', 'JSON'], ['kotlin', 'Kotlin'], ['lua', 'Lua'], ['makefile', 'Makefile'],
  ['markdown', 'Markdown'], ['perl', 'Perl'], ['php', 'PHP'], ['python', 'Python'], ['r', 'R'], ['ruby', 'Ruby'], ['rust', 'Rust'], ['scss', 'SCSS'],
  ['sql', 'SQL'], ['swift', 'Swift'], ['typescript', 'TypeScript'], ['yaml', 'YAML'],
] as const satisfies readonly (readonly [string, string])[]

/** What is written as somebody's habit has it, as it can be picked; another language stays what it is, and stands without colours. */
export const languageChoice = (language: string): string => {
  const same: Record<string, string> = { js: 'javascript', jsx: 'javascript', ts: 'typescript', tsx: 'typescript', py: 'python', sh: 'bash', shell: 'bash', zsh: 'bash', yml: 'yaml', md: 'markdown', rb: 'ruby', rs: 'rust', cs: 'csharp', 'c++': 'cpp', 'c#': 'csharp', golang: 'go', kt: 'kotlin', toml: 'ini', xml: 'html', svg: 'html', plaintext: '', text: '', txt: '' }
  const name = language.toLowerCase()
  return same[name] ?? name
}
