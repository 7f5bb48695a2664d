"""Pictures and papers drawn by code: every number and word is handed in, nothing is known here by heart."""
