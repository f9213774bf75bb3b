"""`chamba bench train`: what each way to train costs, each in a process of its own."""
