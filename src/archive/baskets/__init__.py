"""Slides that somebody has gathered become one PDF, one PowerPoint file or a list of sources.

Addresses of slides and a visitor come in; what the visitor may not see is left out and said. Begin with
`basket.py`.
"""
