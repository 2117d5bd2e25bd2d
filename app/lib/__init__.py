"""Plain Python the whole house stands on: one subject per file, no database, no HTTP."""
