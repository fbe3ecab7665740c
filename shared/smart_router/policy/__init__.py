"""Classification + Catalog + health → Decision. Pure: no I/O, no clock but the one passed in."""
