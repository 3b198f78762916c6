"""様式: what the sheets of this application print. Pure functions from plain values to a template's context."""
