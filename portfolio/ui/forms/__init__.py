"""Forms to create, edit, close and archive a project, with everything that belongs to it."""
