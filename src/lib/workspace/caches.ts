/** Where the service worker keeps the first pictures of boards, and the page deletes them. */
export const boardCache = 'missions-boards'
