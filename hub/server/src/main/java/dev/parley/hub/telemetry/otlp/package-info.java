/**
 * Sends traces and metrics to a collector. Knows OpenTelemetry, which nothing else of the hub does,
 * and takes what it sends from what is noted of each request anyway.
 */
@NullMarked
package dev.parley.hub.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
