"""The record: asked, summarised, compared with the last visit."""
