"""Markets, accounts, the customer hierarchy, evidence, products, requirements, solutions."""
