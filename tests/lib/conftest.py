from hypothesis import settings

# A busy machine is slow without being wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
