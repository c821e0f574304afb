"""Categories, time entries, the timer, the weekly balance."""
