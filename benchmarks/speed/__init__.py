"""How fast the clean step is, and what it spends its time on."""
