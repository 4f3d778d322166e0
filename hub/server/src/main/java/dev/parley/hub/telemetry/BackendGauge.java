package dev.parley.hub.telemetry;

/**
 * How one backend is at the moment of a scrape.
 *
 * @param backend its id
 * @param running calls that hold one of its places
 * @param queued calls that wait for a place
 * @param up whether its latest probe found it usable
 */
public record BackendGauge(String backend, int running, int queued, boolean up) {}
