"""Rules of programmes on the command line: read, and tried before they hold."""
