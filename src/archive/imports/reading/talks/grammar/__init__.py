"""A little grammar of Swedish sentences that tell of talks: verbs by their form, and what they take."""
