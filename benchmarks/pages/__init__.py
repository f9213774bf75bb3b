"""What pages cost a person with a cheap phone and prepaid data, measured in Debian's Chromium."""
