"""The WSGI entry: `granian --interface wsgi wsgi:app`."""

import gc

from app import create_app

app = create_app()

# what stands now stands for good: the collector need not walk through it with every few pages
gc.collect()
gc.freeze()
# a page makes thousands of objects and leaves no circles: looking after every 700 costs a twentieth
gc.set_threshold(20_000, 20, 20)
