"""速さの測定: what `bin/manage bench` measures, each line against a baseline of the same run (docs/performance.md)."""
