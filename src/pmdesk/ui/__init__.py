"""The screen."""

import os

# A frame waits until so long after the one before it: at Textual's 60 a second, a key that
# comes amid the work of another is answered 16 ms later.
os.environ.setdefault("TEXTUAL_FPS", "500")
