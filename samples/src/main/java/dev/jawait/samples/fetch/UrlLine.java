package dev.jawait.samples.fetch;

/**
 * A line that names a URL, or tries to.
 *
 * @param number counted from 1, comments and blank lines included
 */
record UrlLine(int number, String url) {}
