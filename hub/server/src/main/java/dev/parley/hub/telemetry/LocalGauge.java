package dev.parley.hub.telemetry;

/**
 * Something of the hub's own kernels at the moment of a scrape.
 *
 * @param name a word of a fixed set such as {@code sound.waiting}
 * @param help what it is
 * @param model the kernel that it is of; empty when it is of all together
 */
public record LocalGauge(String name, String help, String model, double value) {}
