"""Pages with data of others: who looks at them is noted (rule 9; app.accounts.access_log).

Each with what is looked at: (kind of thing, argument of the address that names it).
"""

SENSITIVE_VIEWS: dict[str, tuple[tuple[str, str], ...]] = {
    "staff.people": (("unit", "unit"),),
    "staff.person": (("person", "person_id"),),
    "staff.one_import": (("import", "import_id"),),
    "units.cards": (("unit", "unit"),),
    "units.waiting_people": (("unit", "old_id"), ("unit", "unit_id")),
    "persons.twins": (),
    "persons.pair": (("person", "one_id"), ("person", "other_id")),
    "persons.merges": (),
    "persons.requests": (),
    "persons.one_request": (("request", "request_id"),),
    "persons.correct": (("request", "request_id"),),
    "persons.erase": (("request", "request_id"),),
    "persons.ask_for": (("person", "person_id"),),
    "certificates.register": (),
    "field.home": (),
    "field.person": (("person", "person_id"),),
    "field.asks": (),
    "field.one_ask": (("ask", "ask_id"),),
    "field.reminders": (),
    "sync.quarantine": (),
    "ops.grants": (),
    "ops.audit": (),
    "ops.views": (),
}
