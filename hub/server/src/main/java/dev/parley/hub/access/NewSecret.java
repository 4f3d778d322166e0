package dev.parley.hub.access;

import dev.parley.hub.config.Secret;

/**
 * A key that just got a secret.
 *
 * @param secret what callers show; nobody can tell it a second time
 */
public record NewSecret(KnownKey key, Secret secret) {}
