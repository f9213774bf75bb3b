"""What stands between the network and the app: who gets a connection, and how long they may take."""
