"""Originals and pictures, each kept once under the SHA-256 of its bytes, wherever they are kept.

`store.py` says what a store must offer; `folder_store.py` keeps objects in a folder (of this machine, or a
mount that several share), `s3_store.py` in storage that speaks S3, with `local_copies.py` of what is read.
`opening.py` opens those that the settings name. Nothing here knows what an object is of: that is in the
catalogue. Begin with `store.py`.
"""
