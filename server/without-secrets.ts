/** A shorter one is no key, and would blank out ordinary words. */
const shortestSecret = 6

/** Words of somebody else's, that may repeat what they were sent. */
export const withoutSecrets = (text: string, secrets: readonly (string | null)[]): string =>
  secrets.reduce<string>((clean, secret) => (secret && secret.length >= shortestSecret ? clean.replaceAll(secret, '•••') : clean), text)
