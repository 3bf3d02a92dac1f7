"""The web app: serves pages and documents on loopback and calls the `app` room, nothing else."""
