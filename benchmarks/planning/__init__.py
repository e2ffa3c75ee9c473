"""How much is recalled on the day of an interview, under nnquiz's plan and under simpler rules."""
