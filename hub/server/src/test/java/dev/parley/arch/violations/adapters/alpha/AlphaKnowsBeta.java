package dev.parley.arch.violations.adapters.alpha;

import dev.parley.arch.violations.adapters.beta.Beta;

/** An adapter that sees another. */
public record AlphaKnowsBeta(Beta seen) {}
