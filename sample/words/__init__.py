"""What people write and say in the sample world: word lists, nothing else."""
