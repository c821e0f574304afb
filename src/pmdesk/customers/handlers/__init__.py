"""How each action of the customers changes rows, a module per subject."""
