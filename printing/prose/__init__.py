"""文章の書式: the few conventions in which a clerk writes a paper, read for the sheet, the PDF and Word alike."""
