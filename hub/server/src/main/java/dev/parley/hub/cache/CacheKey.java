package dev.parley.hub.cache;

/**
 * What makes two questions the same.
 *
 * @param kind what is asked for: answers of different kinds are made of different events
 * @param sha256 of everything else that matters, lower-case hexadecimal
 */
public record CacheKey(String kind, String sha256) {}
