"""What is read of real ads' words, held against sentences that were labelled by hand."""
