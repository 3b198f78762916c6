"""審議会の仕事: every write of the council, one module for each subject."""
