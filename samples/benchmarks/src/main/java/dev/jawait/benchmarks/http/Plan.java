package dev.jawait.benchmarks.http;

/**
 * How long everything takes.
 *
 * @param warmUp seconds before the first round
 * @param seconds of a round
 */
record Plan(double warmUp, int rounds, double seconds) {}
