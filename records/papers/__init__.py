"""資料: from a layout and the texts of a paper to what is printed, exported and asked for."""
