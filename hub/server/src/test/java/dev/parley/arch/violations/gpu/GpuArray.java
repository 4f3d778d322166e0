package dev.parley.arch.violations.gpu;

/** Something to depend on. */
public record GpuArray(int size) {}
