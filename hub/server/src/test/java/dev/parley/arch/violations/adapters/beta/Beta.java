package dev.parley.arch.violations.adapters.beta;

/** Another adapter. */
public record Beta(int field) {}
