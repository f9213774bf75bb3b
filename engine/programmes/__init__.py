"""Whether a person may enter a programme: its rules, what each says of somebody, and why. No ranking imports it."""
