// title: What happened, or is to happen, around a thing, and when?
// parameter name: words of its name, title or number
// sentence: {date}: {what} {thing}[ ({relation})].

// answer
MATCH (named)-[steps*0..1]-(thing)
WHERE name_matches(named, $name) AND NOT thing:Document AND coalesce(modality(head(steps)), '') <> 'denied'
UNWIND [{date: thing.date, what: 'date of'}, {date: thing.date_entry_in_force, what: 'entry into force of'},
        {date: thing.date_no_longer_in_force, what: 'end of force of'}, {date: thing.planned_start, what: 'planned start of'},
        {date: thing.actual_start, what: 'start of'}, {date: thing.planned_end, what: 'planned end of'},
        {date: thing.actual_end, what: 'end of'}, {date: thing.date_from, what: 'begin of'}, {date: thing.date_to, what: 'end of'},
        {date: thing.period_from, what: 'begin of the period of'}, {date: thing.period_to, what: 'end of the period of'},
        {date: thing.by, what: 'to be reached'}, {date: thing.founded, what: 'founding of'}] AS moment
WITH named, steps, thing, moment
WHERE moment.date IS NOT NULL
RETURN moment.date AS date, moment.what AS what, caption(thing) AS thing, type(head(steps)) AS relation, caption(named) AS of
ORDER BY date, what, thing, relation

// candidates
MATCH (thing)
WHERE NOT thing:Document AND name_matches(thing, $name)
RETURN caption(thing) AS thing, labels(thing) AS labels, 'the documents name it, and state no date for it' AS why
ORDER BY thing
