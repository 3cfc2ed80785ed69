"""The promise to clients: what each route takes and answers, field by field."""
