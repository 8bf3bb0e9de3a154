"""The review screen of an import (``fazhi import --review``)."""
