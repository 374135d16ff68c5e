"""Files in, films out: reading DICOM and raster images into one immutable shape."""
