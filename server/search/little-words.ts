/** Words that say nothing of what a text is about. */
export const littleWords = new Set(
  `a about above after again against all also am an and any are as at be because been before being below between both but by can
could did do does doing done down during each etc every few for from further get had has have having he her here hers him his how i if in into is it its
itself just let like many may me might more most much must my need no nor not now of off on once one only or other our ours out over own per please same
she should so some such than that the their theirs them then there these they this those through to too under until up us very was we were what when
where which while who whom why will with within without would you your yours`.split(/\s+/),
)
