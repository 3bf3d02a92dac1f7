"""How the flagship case folder is made from published figures; hand-coded choices are in the CSV files beside this."""
