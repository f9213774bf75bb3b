"""What was recommended to whom, from what: kept so that each answer can be told, checked and given again."""
