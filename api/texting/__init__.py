"""What people do by text message, without any data: see the jobs that they were told of, apply, stop all messages."""
