"""会議要録を読む: an existing 要録 as plain text, understood as far as it says so itself."""
