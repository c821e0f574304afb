"""Widgets that know no subject: the virtual list, the charts."""
