"""Files in, films out: reading DICOM and raster images into one immutable shape."""

from model.film.decoders import supported_syntaxes
from model.film.describe import describe
from model.film.folder import find_films
from model.film.formats import Kind, probe
from model.film.opening import open_film
from model.film.tags import TagNode, read_tags

__all__ = ["Kind", "TagNode", "describe", "find_films", "open_film", "probe", "read_tags", "supported_syntaxes"]
