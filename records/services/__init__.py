"""案件の手続: every write of proposals and records, by topic."""
