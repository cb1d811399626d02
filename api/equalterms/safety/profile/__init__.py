"""Crypto profile 1: how a receipt's secret becomes ids and keys, and what the server keeps of them."""
