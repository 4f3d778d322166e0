package dev.parley.arch.violations.proto;

/** Stands for a generated type. */
public record GeneratedMessage(int field) {}
