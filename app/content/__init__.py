"""Courses on disk, read into frozen objects: Course > Module > Step > Question.

Plain Python: no web, no database. `library` serves the courses, `checker` says what is wrong
with their files, `drawing` makes a test paper and `grading` marks it.
"""
