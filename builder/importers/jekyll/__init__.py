"""Jekyll sites: academicpages and its forks, and what al-folio shares with them."""
