"""Bytes -> Document -> corpus -> release. Pure: no network, no clock, no Scrapy, no Prefect."""
