/** The run is not ours any more: cancelled, or taken over by another worker. */
export class LeaseOver extends Error {}
