"""What `chamba sample` stores beside ads and profiles: accounts, organisations, what people saw."""
