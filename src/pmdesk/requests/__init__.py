"""The request inbox: requests, their lifecycle, owners, handoffs, rules."""
