"""Questions to the database: `find_` may be empty, `get_` raises NotFound. Frozen rows out, in printed order."""
