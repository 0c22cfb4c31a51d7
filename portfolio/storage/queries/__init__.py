"""Questions to the database: `find_` may be empty, `get_` raises NotFound; frozen rows out, in order."""
