"""Long work in processes of its own: a table of jobs in the runs folder, workers, cancel, resume."""
