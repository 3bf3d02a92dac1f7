"""Teaching: teams play the leader, the owners, the security chiefs and a foreign power of a fictional polity."""
