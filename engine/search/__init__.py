"""What a search asks for: limits that its words state, stopwords, typing errors, and the words that are left."""
