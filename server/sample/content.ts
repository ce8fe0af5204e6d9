import type { ActorId, ProjectId } from '#lib/board/ids.ts'
import type { Priority, Status } from '#lib/board/mission.ts'

export type SampleMission = {
  title: string
  status: Status
  assignee: 'analyst' | 'owner' | 'nobody'
  priority?: Priority
  dueInDays?: number
  /** Markdown. */
  description: string
  comment?: string
  /** Names in `files/`. */
  attachments: string[]
  runs?: 'before' | 'on arrival'
}

export const project = { name: 'Spring menu', colour: 'green' }

export const brief = `The café by the harbour changes its menu on the first weekend of April. We want **fewer things, done better**, and no queue before nine.

## What we know

- Most guests come before nine and take their coffee away.
- The bakery shelf is empty by eleven, and that costs us sales.
- Prices stay within twenty cents of the cafés around us.

## What a good result has

A decision that the team can act on, with the numbers it rests on and where they come from.
`

/** Work that comes back; it has been done once when the owner arrives. `doc`: the title of the doc that its results are added to. */
export const routine = {
  name: 'Where we stand',
  instructions: `Sum up **where the spring menu stands**: what is decided, what waits for a supplier, and which numbers we go by.

Read the brief and the docs of the project. Name what you quote.`,
  cron: '30 8 * * 1',
  zone: 'Europe/Lisbon',
  doc: 'Week by week',
}

/** Docs of the project, each before those under it. `text` is Markdown. */
export const docs: { title: string; under?: string; text: string }[] = [
  {
    title: 'How we decide',
    text: `A change goes on the menu when it passes all three:

1. It can be made in **under a minute** before nine.
2. It sells at least eight times a day by its third week.
3. It throws away less than one tray a week.

Whoever proposes a change brings the numbers. The owner has the last word on prices.
`,
  },
  {
    title: 'Suppliers',
    text: `Everybody who delivers to us, and how early. Mill Street and the market hall have a doc each.

- Milk and oat drink come on Monday and Thursday, before six.
- Beans are roasted for us every second Tuesday.
`,
  },
  {
    title: 'Bakery on Mill Street',
    under: 'Suppliers',
    text: `Delivers before seven, six days a week. Quiche costs 2.10 a piece from twenty pieces on, and they take back what is whole.

> “We can bake the small ones, but not before April.” (call of 12 March)
`,
  },
  { title: routine.doc, text: 'Every Monday the routine “Where we stand” adds what it found.\n' },
  {
    title: 'Words we use',
    text: `- **Small** is 200 ml, **large** is 300 ml; we have no medium.
- The refill is *free*, not *included*.
- Write prices without the currency.
`,
  },
]

export const missions: SampleMission[] = [
  {
    title: 'What sold best this winter, and what fades?',
    status: 'backlog',
    assignee: 'analyst',
    priority: 'high',
    description: `Look at the weekly sales from January to March and say **which products carry the revenue** and which lose ground towards spring.

Name the weeks that look odd: they may be mistakes in the table.`,
    comment: 'The oven was broken for a week in February, so the rye toast has a gap there.',
    attachments: ['winter-sales.csv'],
    runs: 'before',
  },
  {
    title: 'Sum up the customer interviews',
    status: 'backlog',
    assignee: 'analyst',
    priority: 'medium',
    description: `We asked eleven guests in March. What do they want, and **what would change the queue before nine**?

Compare what they say about prices with the prices around us.`,
    attachments: ['customer-interviews.pdf', 'competitor-prices.csv'],
    runs: 'on arrival',
  },
  {
    title: 'Try the quiche with three suppliers',
    status: 'in_progress',
    assignee: 'owner',
    priority: 'medium',
    dueInDays: 9,
    description: `Four guests asked for something savoury that is not toast.

- [x] Bakery on Mill Street
- [ ] The market hall
- [ ] Bake our own, one tray a day`,
    comment: 'Mill Street delivers before seven. The crust is *very* good.',
    attachments: [],
  },
  {
    title: 'Write the new menu board',
    status: 'backlog',
    assignee: 'nobody',
    dueInDays: 16,
    description: 'No more than twelve lines. The free refill has to be on it, since nobody knows of it.',
    attachments: [],
  },
  {
    title: 'Find cups whose lids do not leak',
    status: 'backlog',
    assignee: 'nobody',
    priority: 'low',
    description: 'Three guests complained. Ask for samples in the 300 ml size, compostable if the price allows it.',
    attachments: [],
  },
  {
    title: 'Service the espresso machine',
    status: 'done',
    assignee: 'owner',
    description: 'Yearly service: gaskets, pressure, water filter.',
    comment: 'Done. The next one is due in a year; the receipt is in the drawer.',
    attachments: [],
  },
]

/** What a café does each time somebody wants to deliver to it. */
export const supplierTemplate = ({ projectId, analyst }: { projectId: ProjectId; analyst: ActorId }) => ({
  name: 'Try a new supplier',
  description: 'Somebody offers us something to sell: ask for samples, taste them, compare what they cost, decide.',
  content: {
    fields: [
      { key: 'supplier', label: 'Supplier', kind: 'text', required: true },
      { key: 'product', label: 'What they offer', kind: 'text', required: true },
      { key: 'tasting', label: 'Day of the tasting', kind: 'date', required: true, default: '7' },
      { key: 'taster', label: 'Who tastes', kind: 'person', required: true, default: 'me' },
    ],
    missions: [
      {
        key: 'samples', title: 'Ask {{supplier}} for samples of {{product}}', project: projectId, due: { days: -3, after: 'tasting' },
        description: 'Six portions of **{{product}}**, to be here before {{tasting}}. Ask for the price from twenty pieces on, and what they take back.',
      },
      {
        key: 'tasting', title: 'Taste {{product}} from {{supplier}}', project: projectId, assignee: '{{taster}}', due: { days: 0, after: 'tasting' }, blockedBy: ['samples'], labels: ['tasting'],
        description: '{{taster}} tastes with two others, before nine, next to what we sell now.\n\n- [ ] Made in under a minute\n- [ ] Still good at eleven\n- [ ] Throws away less than a tray a week',
      },
      {
        key: 'prices', title: 'Compare the prices of {{supplier}} with the cafés around us', project: projectId, assignee: analyst, due: { days: 1, after: 'tasting' }, blockedBy: ['samples'],
        description: 'What would **{{product}}** have to cost so that it stays within twenty cents of the cafés around us? Attach the price list first.',
      },
      { key: 'decision', title: 'Decide about {{supplier}}', project: projectId, priority: 'high', due: { days: 3, after: 'tasting' }, blockedBy: ['tasting', 'prices'], description: 'All three rules of “How we decide” have to hold.' },
    ],
  },
})
