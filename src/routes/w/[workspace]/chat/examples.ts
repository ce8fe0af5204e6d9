/** Something to begin with, as people write it: its name on a button, and the words it puts into the field. */
export type Example = { name: string; words: string }

/** What fits where one is: `project` by its name, and whether there are missions to ask about. */
export function examplesFor({ project, missions, fresh }: { project: string | null; missions: boolean; fresh: boolean }): Example[] {
  const asking: Example[] = [
    { name: 'What is stuck?', words: 'What is stuck?' },
    { name: 'Who works on what?', words: 'Who is working on what?' },
  ]
  const making: Example[] = [
    { name: 'A list of things', words: 'To do:\n- Compare three offers for the printer by Friday\n- Write the invitation, urgent\n- Book the room for twelve people' },
    { name: 'Meeting notes', words: 'Turn these meeting notes into missions:\n\n' },
    { name: 'One big thing', words: project ? `Plan the next step of ${project}: first find out what is missing, then write it down, then have it checked.` : 'Prepare the open day on the 12th: first a list of what we need, then the invitation, then ask everybody who helps.' },
  ]
  return missions ? [...asking, ...making] : fresh ? [{ name: 'Help us begin', words: 'Help us to get started.' }, ...making] : making
}
