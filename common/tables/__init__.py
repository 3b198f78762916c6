"""表のファイル: CSV and Excel in and out, as the offices of Japan write and open them.

`reading.read_table` takes what was uploaded apart and says in Japanese why it will not; `writing.csv_bytes` and
`writing.xlsx_bytes` write what `read_table` reads back unchanged. Every cell is a text: what a date or a number
means is for the register to say that the table belongs to.
"""
