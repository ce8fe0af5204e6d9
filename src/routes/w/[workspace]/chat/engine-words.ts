/** What wrote an answer, as it stands beside it: `offline` is no model, and does not look like one. */
export const engineWords = (engine: string) => (engine === 'offline' ? 'by rules, without a model' : engine)
