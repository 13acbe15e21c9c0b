"""Tests of the engine on OpenSearch, on real nodes (`tests/servers/opensearch`)."""
